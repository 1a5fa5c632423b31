import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { ReadColumn, SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import type { SqlDialect } from '../../ports/connector.ts';
import { bindParams, parameterNames } from '../kit/bind-params.ts';
import { rangeCondition } from '../kit/key-range.ts';
import { buildSelect, derivedTable } from '../kit/select-builder.ts';
import { lexUserSql, type SqlUse } from '../kit/user-sql.ts';
import { binaryColumn } from './binary-columns.ts';
import { binaryWire } from './binary-wire.ts';
import { postgresLexicalRules } from './lexical-rules.ts';
import { literal, quoteName } from './quoting.ts';

export { literal, quoteName } from './quoting.ts';

/** The operator's SQL, checked, with its parameters as literals. */
export function bindUserSql(sql: string, use: SqlUse, params: TableRead['params']): string {
  const lexed = lexUserSql(sql, use, postgresLexicalRules);
  return bindParams(lexed, params, (value) => (value === null ? 'NULL' : literal(value)));
}

/** The SELECT inside the COPY. */
export function selectStatement(read: TableRead): string {
  return build(
    read,
    read.columns.map((column) => quoteName(column.name)),
    read.orderBy.map((term) => `${quoteName(term.column)} ${term.descending ? 'desc' : 'asc'}`),
  );
}

/** The COPY of a read in binary form. A bare name in ORDER BY could mean one of the expressions, which are other values. */
export function binaryStatement(read: TableRead): string {
  const from = read.source.kind === 'table' ? tableName(read.source.table) : QUERY_ALIAS;
  const columns = read.columns.map((column) => binaryColumn(column).expression);
  const orderBy = read.orderBy.map((term) => `${from}.${quoteName(term.column)} ${term.descending ? 'desc' : 'asc'}`);
  return `COPY (\n${build(read, columns, orderBy)}\n) TO STDOUT (FORMAT binary)`;
}

const QUERY_ALIAS = '"query"';

function tableName({ namespace, name }: TableName): string {
  return `${quoteName(namespace)}.${quoteName(name)}`;
}

function countStatement(read: TableRead): string {
  if (read.limit === null) return build(read, ['count(*)'], []);
  return `select count(*) from ${derivedTable(build(read, ['1'], []), '"counted"')}`;
}

function build(read: TableRead, columns: readonly string[], orderBy: readonly string[]): string {
  const { source } = read;
  return buildSelect({
    columns,
    from:
      source.kind === 'table'
        ? tableName(source.table)
        : derivedTable(bindUserSql(source.sql, 'query', read.params), QUERY_ALIAS),
    where: read.where === null ? null : bindUserSql(read.where, 'condition', read.params),
    range: read.range === undefined ? null : rangeCondition(read.range, { quoteName, literal }),
    orderBy,
    limit: read.limit === null ? null : `limit ${BigInt(read.limit)}`,
  });
}

/** Not by floats, whose NaN and zeros are more than one spelling, and not by what has an order of its own kind. */
const CUT_KINDS = new Set(['int', 'decimal', 'text', 'date', 'timestamp', 'time', 'boolean']);

const canCutBy = ({ type }: ReadColumn): boolean => CUT_KINDS.has(type.kind);

function cutStatement(read: TableRead, key: readonly ReadColumn[], rows: number): string {
  const names = key.map(({ name }) => quoteName(name));
  return `${build(read, names, names)}\nlimit 1 offset ${BigInt(rows - 1)}`;
}

const statement = (text: string): SqlStatement => ({ text, values: [] });

export const postgresDialect: SqlDialect = {
  quoteName,
  literal,
  select: (read) => statement(`COPY (\n${selectStatement(read)}\n) TO STDOUT`),
  count: (read) => statement(countStatement(read)),
  leanWire: binaryWire,
  keyCuts: { canCutBy, cut: (read, key, rows) => statement(cutStatement(read, key, rows)) },
  grantSelect: (table, user) =>
    `GRANT SELECT ON ${quoteName(table.namespace)}.${quoteName(table.name)} TO ${quoteName(user)}`,
  parametersOf: (sql) => parameterNames(lexUserSql(sql, 'condition', postgresLexicalRules)),
};
