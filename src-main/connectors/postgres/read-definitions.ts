import type { Catalog, CatalogTable, ForeignKeyAction } from '../../../src-shared/model/catalog.ts';
import type {
  CheckDefinition,
  ColumnDefinition,
  IndexDefinition,
  TableDefinition,
} from '../../../src-shared/model/catalog-definition.ts';
import { withDefinitions, type FoundDefinitions } from '../kit/with-definitions.ts';
import { readDefault } from './column-default.ts';
import {
  CHECKS_SQL,
  COLUMN_DEFINITIONS_SQL,
  ELEMENTS_SQL,
  INDEXES_SQL,
  KEY_RULES_SQL,
  OTHERS_SQL,
  OWN_TYPES_SQL,
  SETTINGS_SQL,
  TABLE_COMMENTS_SQL,
  VIEWS_SQL,
} from './definitions.sql.ts';
import { quoteName } from './dialect.ts';
import type { Link } from './link.ts';
import { readOwnTypes } from './own-types.ts';
import { inTransaction } from './transaction.ts';

type Row = readonly (string | null)[];

const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  c: 'cascade',
  n: 'set null',
  d: 'set default',
  r: 'restrict',
};

/** The catalog with what its tables are made of. */
export function readDefinitions(
  link: Link,
  { catalog, namespace }: { readonly catalog: Catalog; readonly namespace: string | null },
  signal: AbortSignal,
): Promise<Catalog> {
  return inTransaction(link, { signal, systemOnly: true }, async () => {
    const ask = (sql: string) => link.query(sql, [namespace], signal);
    const columns = await ask(COLUMN_DEFINITIONS_SQL);
    const comments = await ask(TABLE_COMMENTS_SQL);
    const indexes = await ask(INDEXES_SQL);
    const checks = await ask(CHECKS_SQL);
    const others = await ask(OTHERS_SQL);
    const rules = await ask(KEY_RULES_SQL);
    const views = await ask(VIEWS_SQL);
    const types = readOwnTypes(await link.query(OWN_TYPES_SQL, [], signal), await link.query(ELEMENTS_SQL, [], signal));
    const settings = await link.query(SETTINGS_SQL, [], signal);
    return withDefinitions(catalog, {
      columns: columns.map((row) => [placeOf(row), row[2] ?? '', columnOf(row)]),
      tables: tablesOf(catalog, { comments, indexes, checks, others }),
      rules: rules.map((row) => [placeOf(row), row[2] ?? '', ruleOf(row)]),
      database: {
        types,
        views: views.map(([schema, name, text]) => ({ namespace: schema ?? '', name: name ?? '', text: text ?? '' })),
        settings: Object.fromEntries(settings.map(([name, value]) => [name ?? '', value ?? ''])),
      },
    });
  });
}

const placeOf = (row: Row): string => JSON.stringify([row[0], row[1]]);

function columnOf(row: Row): ColumnDefinition {
  const [, , , expression, generated, identity, builtIn, ownsSequence, comment, collationSchema, collation] = row;
  return {
    ...(typeof comment === 'string' ? { comment } : {}),
    ...(typeof collation === 'string'
      ? { collation: `COLLATE ${quoteName(collationSchema ?? '')}.${quoteName(collation)}` }
      : {}),
    ...valueOf({ expression: expression ?? null, generated, identity, builtIn, ownsSequence }),
  };
}

interface ValueFacts {
  readonly expression: string | null;
  readonly generated: string | null | undefined;
  readonly identity: string | null | undefined;
  readonly builtIn: string | null | undefined;
  readonly ownsSequence: string | null | undefined;
}

function valueOf({ expression, generated, identity, builtIn, ownsSequence }: ValueFacts): ColumnDefinition {
  if (identity === 'a' || identity === 'd') return { identity: { always: identity === 'a' } };
  if (expression === null) return {};
  if (typeof generated === 'string' && generated !== '') {
    return { generated: { expression, stored: generated === 's', builtIn: builtIn === 't' } };
  }
  // A serial column: the sequence belongs to it.
  if (ownsSequence === 't' && expression.startsWith('nextval(')) return { identity: { always: false } };
  const found = readDefault(expression);
  return found === undefined ? {} : { default: found };
}

function ruleOf(row: Row): FoundDefinitions['rules'][number][2] {
  const [onDelete, onUpdate] = [ACTIONS[row[3] ?? ''], ACTIONS[row[4] ?? '']];
  return { ...(onDelete === undefined ? {} : { onDelete }), ...(onUpdate === undefined ? {} : { onUpdate }) };
}

interface TableRows {
  readonly comments: readonly Row[];
  readonly indexes: readonly Row[];
  readonly checks: readonly Row[];
  readonly others: readonly Row[];
}

function tablesOf(catalog: Catalog, rows: TableRows): ReadonlyMap<string, TableDefinition> {
  const comments = new Map(rows.comments.map((row) => [placeOf(row), row[2] ?? '']));
  const indexes = Map.groupBy(rows.indexes, placeOf);
  const checks = Map.groupBy(rows.checks, placeOf);
  const others = Map.groupBy(rows.others, placeOf);
  const all = catalog.namespaces.flatMap(({ tables }): readonly CatalogTable[] => tables);
  return new Map(
    all.map(({ namespace, name }) => {
      const place = JSON.stringify([namespace, name]);
      const own = indexes.get(place) ?? [];
      const comment = comments.get(place);
      return [
        place,
        {
          ...(comment === undefined ? {} : { comment }),
          indexes: own.filter((row) => row[5] === 't').map(indexOf),
          checks: (checks.get(place) ?? []).map(checkOf),
          others: [
            ...(others.get(place) ?? []).map((row) => row[2] ?? ''),
            ...own.filter((row) => row[5] !== 't').map((row) => row[7] ?? ''),
          ],
        },
      ];
    }),
  );
}

function checkOf([, , name, clause, columns]: Row): CheckDefinition {
  // UNTRUSTED only in its names: json_agg of our own statement. A check without a column names none.
  const named = JSON.parse(columns ?? '[]') as string[];
  return { name: name ?? null, column: null, clause: clause ?? '', columns: named };
}

function indexOf([, , name, unique, method, , columns]: Row): IndexDefinition {
  // UNTRUSTED only in its names: json_agg of our own statement.
  const named = JSON.parse(columns ?? '[]') as [string, boolean][];
  return {
    name: name ?? '',
    columns: named.map(([column, descending]) => ({ name: column, descending })),
    unique: unique === 't',
    method: method ?? '',
  };
}
