import type { Catalog, ForeignKeyAction } from '../../../src-shared/model/catalog.ts';
import type {
  CheckDefinition,
  ColumnDefinition,
  TableDefinition,
} from '../../../src-shared/model/catalog-definition.ts';
import { withDefinitions, type FoundDefinitions } from '../kit/with-definitions.ts';
import { readDefault } from './column-default.ts';
import {
  checksSql,
  columnDefinitionsSql,
  indexesSql,
  keyRulesSql,
  othersSql,
  tableCommentsSql,
  viewsSql,
} from './definitions.sql.ts';
import { gatherIndexes, type TableIndexes } from './gather-indexes.ts';
import type { Link } from './link.ts';
import type { TextRow } from './text-row.ts';

/** By the number that the system views give them; 0 is nothing. */
const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = { 1: 'cascade', 2: 'set null', 3: 'set default' };

/** The catalog with what its tables are made of. */
export async function readDefinitions(
  link: Link,
  { catalog, namespace }: { readonly catalog: Catalog; readonly namespace: string | null },
  signal: AbortSignal,
): Promise<Catalog> {
  const ask = (sql: string): Promise<readonly TextRow[]> => link.rows(sql, signal);
  const columns = await ask(columnDefinitionsSql(namespace));
  const comments = await ask(tableCommentsSql(namespace));
  const indexes = gatherIndexes(await ask(indexesSql(namespace)));
  const rules = await ask(keyRulesSql(namespace));
  const checks = await ask(checksSql(namespace));
  const others = await ask(othersSql(namespace));
  const views = await ask(viewsSql(namespace));
  return withDefinitions(catalog, {
    columns: columns.flatMap((row): FoundDefinitions['columns'][number][] => {
      const definition = columnOf(row);
      return Object.keys(definition).length === 0 ? [] : [[placeOf(row), row[2] ?? '', definition]];
    }),
    tables: tablesOf(catalog, { comments, indexes, rules, checks, others }),
    rules: rules.map((row) => [placeOf(row), row[2] ?? '', ruleOf(row)]),
    database: {
      types: [],
      views: views.map(([schema, name, text]) => ({
        namespace: schema ?? '',
        name: name ?? '',
        text: text ?? 'encrypted, and not given',
      })),
      settings: {},
    },
  });
}

const placeOf = (row: TextRow): string => JSON.stringify([row[0], row[1]]);

function columnOf(row: TextRow): ColumnDefinition {
  const [, , , value, identity, expression, persisted, usesOthers, collation, isGuid, comment] = row;
  const described = {
    ...(typeof comment === 'string' && comment !== '' ? { comment } : {}),
    ...(typeof collation === 'string' ? { collation: `COLLATE ${collation}` } : {}),
    ...(isGuid === '1' ? { own: 'ROWGUIDCOL' } : {}),
  };
  if (identity === '1') return { ...described, identity: { always: false } };
  if (typeof expression === 'string') {
    return { ...described, generated: { expression, stored: persisted === '1', builtIn: usesOthers !== '1' } };
  }
  const found = typeof value === 'string' ? readDefault(value) : undefined;
  return found === undefined ? described : { ...described, default: found };
}

function ruleOf([, , , onDelete, onUpdate]: TextRow): FoundDefinitions['rules'][number][2] {
  const [first, second] = [ACTIONS[onDelete ?? ''], ACTIONS[onUpdate ?? '']];
  return { ...(first === undefined ? {} : { onDelete: first }), ...(second === undefined ? {} : { onUpdate: second }) };
}

interface TableRows {
  readonly comments: readonly TextRow[];
  readonly indexes: ReadonlyMap<string, TableIndexes>;
  readonly rules: readonly TextRow[];
  readonly checks: readonly TextRow[];
  readonly others: readonly TextRow[];
}

function tablesOf(catalog: Catalog, rows: TableRows): ReadonlyMap<string, TableDefinition> {
  const comments = new Map(rows.comments.map((row) => [placeOf(row), row[2] ?? '']));
  const [rules, checks, others] = [rows.rules, rows.checks, rows.others].map((all) => Map.groupBy(all, placeOf));
  return new Map(
    catalog.namespaces
      .flatMap(({ tables }) => tables)
      .map(({ namespace, name }) => {
        const place = JSON.stringify([namespace, name]);
        const comment = comments.get(place);
        const own = rows.indexes.get(place);
        const found = checks?.get(place) ?? [];
        const loose = rules?.get(place)?.filter((row) => row[5] === '1') ?? [];
        return [
          place,
          {
            ...(comment === undefined ? {} : { comment }),
            indexes: own?.simple ?? [],
            checks: found.filter(holds).map(checkOf),
            others: [
              ...found.filter((row) => !holds(row)).map(unheld),
              ...loose.map((row) => `that the foreign key ${row[2]} does not hold for every row: here it does`),
              ...(others?.get(place) ?? []).map((row) => row[2] ?? ''),
              ...(own?.others ?? []),
            ],
          },
        ];
      }),
  );
}

/** Whether a check holds for every row, and says nothing that only this database understands. */
const holds = ([, , , , , loose, usesOthers]: TextRow): boolean => loose !== '1' && usesOthers !== '1';

/** Which columns a check of the table names, the product does not say. */
function checkOf([, , name, definition, column]: TextRow): CheckDefinition {
  return {
    name: name ?? null,
    column: column ?? null,
    clause: `CHECK ${definition}`,
    columns: typeof column === 'string' ? [column] : null,
  };
}

const unheld = ([, , name, definition, , loose]: TextRow): string =>
  `check ${name}${loose === '1' ? ', which does not hold for every row' : ''}: ${definition}`;
