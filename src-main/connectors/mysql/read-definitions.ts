import type { Catalog, ForeignKeyAction } from '../../../src-shared/model/catalog.ts';
import type {
  CheckDefinition,
  ColumnDefinition,
  TableDefinition,
} from '../../../src-shared/model/catalog-definition.ts';
import { withDefinitions, type FoundDefinitions } from '../kit/with-definitions.ts';
import { readDefault } from './column-default.ts';
import { HIDDEN } from './column-line.ts';
import {
  CHECK_COLUMNS_SQL,
  checksSql,
  columnDefinitionsSql,
  indexesSql,
  keyRulesSql,
  partitionsSql,
  tableCommentsSql,
  triggersSql,
  versionedSql,
  viewsSql,
  wordsSql,
} from './definitions.sql.ts';
import { quoteName } from './dialect.ts';
import { gatherIndexes, type TableIndexes } from './gather-indexes.ts';
import type { Link } from './link.ts';
import type { TextRow } from './text-rows.ts';
import { readPeriods, withoutRowEnds } from './versions-and-periods.ts';

const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  CASCADE: 'cascade',
  'SET NULL': 'set null',
  'SET DEFAULT': 'set default',
};

/** The catalog with what its tables are made of. */
export async function readDefinitions(
  link: Link,
  { catalog, namespace }: { readonly catalog: Catalog; readonly namespace: string | null },
  signal: AbortSignal,
): Promise<Catalog> {
  const ask = (sql: string) => link.rows(sql, signal);
  const columns = await ask(columnDefinitionsSql(namespace));
  const comments = await ask(tableCommentsSql(namespace));
  const versioned = await ask(versionedSql(namespace));
  const indexes = gatherIndexes(withoutRowEnds(await ask(indexesSql(namespace)), { columns, versioned }));
  const rules = await ask(keyRulesSql(namespace));
  const checks = await readChecks(link, namespace, signal);
  const others = [
    ...(await ask(triggersSql(namespace))),
    ...(await ask(partitionsSql(namespace))),
    ...(await ask(wordsSql(namespace))),
    ...versioned,
    ...(await readPeriods(link, checks, signal)),
  ];
  const views = await ask(viewsSql(namespace));
  const quotes = catalog.product === 'MariaDB';
  const jsonColumns = new Set(checks.filter(isJsonCheck).map((row) => keyOf(row, row[2] ?? '')));
  const defined = columns.flatMap((row): FoundDefinitions['columns'][number][] => {
    const name = row[2] ?? '';
    const definition = columnOf(row, { quotes, isJson: jsonColumns.has(keyOf(row, name)) });
    return Object.keys(definition).length === 0 ? [] : [[placeOf(row), name, definition]];
  });
  return withDefinitions(catalog, {
    columns: defined,
    tables: tablesOf(catalog, {
      comments,
      indexes,
      others,
      checks: checks.filter((row) => !isJsonCheck(row)),
      carries: quotes,
    }),
    rules: rules.map((row) => [placeOf(row), row[2] ?? '', ruleOf(row)]),
    database: {
      types: [],
      views: views.map(([schema, name, text]) => ({ namespace: schema ?? '', name: name ?? '', text: text ?? '' })),
      settings: {},
    },
  });
}

const placeOf = (row: TextRow): string => JSON.stringify([row[0], row[1]]);
const keyOf = (row: TextRow, name: string): string => `${placeOf(row)}${JSON.stringify(name)}`;

const BYTES = /binary$|blob$/i;

/** Of an expression the catalog shows four question marks for each character beyond U+FFFF. */
const isShown = (expression: string): boolean => !expression.includes('????');
const UNSHOWN = 'the server does not show all characters of its expression';

/** The check that makes a text column one of JSON. */
function isJsonCheck([, , name, clause]: TextRow): boolean {
  return clause === `json_valid(${quoteName(name ?? '')})`;
}

async function readChecks(link: Link, namespace: string | null, signal: AbortSignal): Promise<readonly TextRow[]> {
  const columns = (await link.rows(CHECK_COLUMNS_SQL, signal)).map(([name]) => name);
  if (columns.length === 0) return [];
  return link.rows(checksSql(namespace, columns.includes('table_name')), signal);
}

function columnOf(
  row: TextRow,
  { quotes, isJson }: { readonly quotes: boolean; readonly isJson: boolean },
): ColumnDefinition {
  const [, , name, text, extra, expression, comment, characterSet, collation, dataType] = row;
  const words = extra ?? '';
  const onUpdate = /\bon update [\w()]+/i.exec(words)?.[0];
  const own = [
    ...(onUpdate === undefined ? [] : [onUpdate]),
    ...(/\binvisible\b/i.test(words) ? [HIDDEN] : []),
    ...(isJson ? [`CHECK (json_valid(${quoteName(name ?? '')}))`] : []),
  ];
  const described = {
    ...(typeof comment === 'string' && comment !== '' ? { comment } : {}),
    ...(typeof characterSet === 'string' ? { collation: `CHARACTER SET ${characterSet} COLLATE ${collation}` } : {}),
    ...(own.length === 0 ? {} : { own: own.join(' ') }),
  };
  if (/\bauto_increment\b/i.test(words)) return { ...described, identity: { always: false } };
  if (/\b(?:virtual|stored|persistent) generated\b/i.test(words) && typeof expression === 'string') {
    const stored = !/\bvirtual\b/i.test(words);
    const generated = { expression, stored, builtIn: true };
    return { ...described, generated: isShown(expression) ? generated : { ...generated, unsaid: UNSHOWN } };
  }
  const found = readDefault({ text: text ?? null, extra: words, quotes, isBytes: BYTES.test(dataType ?? '') });
  return found === undefined ? described : { ...described, default: found };
}

function ruleOf([, , , onDelete, onUpdate]: TextRow): FoundDefinitions['rules'][number][2] {
  const [first, second] = [ACTIONS[onDelete ?? ''], ACTIONS[onUpdate ?? '']];
  return { ...(first === undefined ? {} : { onDelete: first }), ...(second === undefined ? {} : { onUpdate: second }) };
}

/** Behind a column it goes by the name of that. Which columns it names, the product does not say. */
function checkOf([, , name, clause, level]: TextRow): CheckDefinition {
  const ofColumn = level === 'Column';
  return {
    name: ofColumn ? null : (name ?? null),
    column: ofColumn ? (name ?? null) : null,
    clause: `CHECK (${clause})`,
    columns: null,
  };
}

interface TableRows {
  readonly comments: readonly TextRow[];
  readonly indexes: ReadonlyMap<string, TableIndexes>;
  readonly others: readonly TextRow[];
  readonly checks: readonly TextRow[];
  /** The words of a check are those that the product takes; the other product escapes them. */
  readonly carries: boolean;
}

function tablesOf(catalog: Catalog, rows: TableRows): ReadonlyMap<string, TableDefinition> {
  const comments = new Map(rows.comments.map((row) => [placeOf(row), row[2] ?? '']));
  const others = Map.groupBy(rows.others, placeOf);
  const checks = Map.groupBy(rows.checks, placeOf);
  return new Map(
    catalog.namespaces
      .flatMap(({ tables }) => tables)
      .map(({ namespace, name }) => {
        const place = JSON.stringify([namespace, name]);
        const comment = comments.get(place);
        const own = rows.indexes.get(place);
        const found = checks.get(place) ?? [];
        const carried = found.filter(([, , , clause]) => rows.carries && isShown(clause ?? ''));
        const listed = found.flatMap((row) => (carried.includes(row) ? [] : [`check ${row[2]}: ${row[3]}`]));
        return [
          place,
          {
            ...(comment === undefined ? {} : { comment }),
            indexes: own?.simple ?? [],
            checks: carried.map(checkOf),
            others: [...listed, ...(others.get(place) ?? []).map((row) => row[2] ?? ''), ...(own?.others ?? [])],
          },
        ];
      }),
  );
}
