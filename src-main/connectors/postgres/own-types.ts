import type { TypeDefinition } from '../../../src-shared/model/catalog-definition.ts';
import { literal, quoteName } from './dialect.ts';

type Row = readonly (string | null)[];

/** Types that the database has made itself, with the statements that make them. */
export function readOwnTypes(rows: readonly Row[], elements: readonly Row[]): readonly TypeDefinition[] {
  const elementOf = new Map(elements.map(([oid, element]) => [oid ?? '', element ?? '']));
  const nameOf = new Map(rows.map(([oid, name]) => [oid ?? '', name ?? '']));
  // Of a type or of arrays of it; the server's own have no name here.
  const named = (oid: string): string[] => {
    const name = nameOf.get(elementOf.get(oid) ?? oid);
    return name === undefined ? [] : [name];
  };
  return rows.flatMap((row): TypeDefinition[] => {
    const [, name = '', namespace] = row;
    const made = statementOf(row, named);
    if (made === null) return [];
    const own = { name: name ?? '', namespace: namespace ?? '' };
    const left = listOf(row[13]);
    const about = left.length === 0 ? {} : { left };
    const types: TypeDefinition[] = [{ ...own, statement: made.statement, uses: made.uses, ...about }];
    if (made.companion !== undefined) {
      types.push({ name: made.companion, namespace: own.namespace, statement: null, uses: [own.name] });
    }
    return types;
  });
}

/** Name, type, number of the type. */
type Field = readonly [string, string, number];

interface Made {
  readonly statement: string;
  readonly uses: readonly string[];
  /** The type of many ranges that comes with one of a range. */
  readonly companion?: string;
}

function statementOf(row: Row, named: (oid: string) => string[]): Made | null {
  const [, , namespace, typeName, kind, extension] = row;
  if (typeof extension === 'string') {
    return { statement: `CREATE EXTENSION IF NOT EXISTS ${quoteName(extension)}${placeOf(namespace)}`, uses: [] };
  }
  const head = `${quoteName(namespace ?? '')}.${quoteName(typeName ?? '')}`;
  switch (kind ?? '') {
    case 'e':
      return { statement: `CREATE TYPE ${head} AS ENUM (${listOf(row[6]).map(literal).join(', ')})`, uses: [] };
    case 'c':
      return compositeOf(head, fieldsOf(row[7]), named);
    case 'd':
      return domainOf(head, row, named);
    case 'r':
      return rangeOf(head, row, named);
    default:
      return null;
  }
}

function compositeOf(head: string, fields: readonly Field[], named: (oid: string) => string[]): Made {
  const parts = fields.map(([name, type]) => `${name} ${type}`);
  return {
    statement: `CREATE TYPE ${head} AS (${parts.join(', ')})`,
    uses: fields.flatMap(([, , oid]) => named(String(oid))),
  };
}

function domainOf(head: string, row: Row, named: (oid: string) => string[]): Made {
  const [base, oid, notNull, checks] = row.slice(8);
  const rules = [...(notNull === 't' ? ['NOT NULL'] : []), ...listOf(checks)];
  return { statement: [`CREATE DOMAIN ${head} AS ${base}`, ...rules].join(' '), uses: named(oid ?? '') };
}

function rangeOf(head: string, row: Row, named: (oid: string) => string[]): Made {
  type Parts = [string?, number?, (string | null)?, (string | null)?, (string | null)?];
  // UNTRUSTED only in its names: json_build_array of our own statement.
  const [subtype = '', oid = 0, many = null, ...order] = JSON.parse(row[12] ?? '[]') as Parts;
  const options = [
    `subtype = ${subtype}`,
    ...order.filter((option) => typeof option === 'string'),
    ...(many === null ? [] : [`multirange_type_name = ${many}`]),
  ];
  return {
    statement: `CREATE TYPE ${head} AS RANGE (${options.join(', ')})`,
    uses: named(String(oid)),
    ...(many === null ? {} : { companion: many }),
  };
}

/** An extension that is part of every server's schema of its own needs no place. */
function placeOf(namespace: string | null | undefined): string {
  return typeof namespace === 'string' ? ` WITH SCHEMA ${quoteName(namespace)}` : '';
}

// UNTRUSTED only in its names: json_agg of our own statement.
function listOf(json: string | null | undefined): readonly string[] {
  return typeof json === 'string' ? (JSON.parse(json) as string[]) : [];
}

// UNTRUSTED only in its names, as above.
function fieldsOf(json: string | null | undefined): readonly Field[] {
  return typeof json === 'string' ? (JSON.parse(json) as Field[]) : [];
}
