import { appError } from '../../../src-shared/errors/app-error.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { ReadColumn, SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import type { SqlDialect } from '../../ports/connector.ts';
import { parameterNames } from '../kit/bind-params.ts';
import { rangeCondition } from '../kit/key-range.ts';
import { OrderedBinding, refuseUnsendable } from '../kit/ordered-binding.ts';
import { buildSelect } from '../kit/select-builder.ts';
import { lexUserSql, type SqlUse, type UserSql } from '../kit/user-sql.ts';
import { canCutBy, keyLiteral } from './key-literal.ts';
import { oracleLexicalRules } from './lexical-rules.ts';
import { selectColumn } from './select-column.ts';

const QUERY = '"waybill query"';
const COUNTED = '"counted"';

/** A name as a quoted identifier. The product has no quoted name with a double quote in it, however it is spelt. */
export function quoteName(name: string): string {
  refuseUnsendable(name, 'name');
  if (!name.includes('"')) return `"${name}"`;
  throw appError('PLAN/SQL_REFUSED', {
    message: 'A name holds a double quote, a character that no name has in this product.',
    remedy: 'Remove the character from the name.',
  });
}

export function quoteTable({ namespace, name }: TableName): string {
  return `${quoteName(namespace)}.${quoteName(name)}`;
}

export function literal(text: string): string {
  refuseUnsendable(text, 'value');
  return `'${text.replaceAll("'", "''")}'`;
}

const bindingOf = (params: TableRead['params']): OrderedBinding => new OrderedBinding(params, (place) => `:p${place}`);

function lex(text: string, use: SqlUse): UserSql {
  return lexUserSql(text, use, oracleLexicalRules);
}

/** A query as a table. AS is not allowed before the name of a table here. */
function derived(sql: string, alias: string): string {
  return `(\n${sql}\n) ${alias}`;
}

/** `scn`: the moment of which a table is read; a query carries none, since each of its tables would need it. */
function sourceOf({ source }: TableRead, binding: OrderedBinding, scn: string | null): string {
  if (source.kind === 'query') return derived(binding.bind(lex(source.sql, 'query')), QUERY);
  const table = quoteTable(source.table);
  return scn === null ? table : `${table} as of scn ${BigInt(scn)}`;
}

function limitOf(limit: number | null): string | null {
  return limit === null ? null : `fetch first ${BigInt(limit)} rows only`;
}

/** From where, and which of it. */
function partsOf(read: TableRead, binding: OrderedBinding, scn: string | null) {
  return {
    from: sourceOf(read, binding, scn),
    where: read.where === null ? null : binding.bind(lex(read.where, 'condition')),
    range: read.range === undefined ? null : rangeCondition(read.range, { quoteName, literal: keyLiteral }),
  };
}

const entriesOf = (columns: readonly ReadColumn[]): string[] =>
  columns.map(({ name, nativeType }) => selectColumn(quoteName(name), nativeType));

/** The statement that reads the rows; `scn`: of which moment, null: of the transaction's. */
export function selectStatement(read: TableRead, scn: string | null = null): SqlStatement {
  const binding = bindingOf(read.params);
  const text = buildSelect({
    ...partsOf(read, binding, scn),
    columns: entriesOf(read.columns),
    orderBy: read.orderBy.map((term) => `${quoteName(term.column)} ${term.descending ? 'desc' : 'asc'}`),
    limit: limitOf(read.limit),
  });
  return { text, values: binding.values };
}

export interface Cut {
  readonly read: TableRead;
  readonly key: readonly ReadColumn[];
  /** Counted from 1. */
  readonly rows: number;
}

/** The statement that gives the key of a row by its number; `scn` as above. */
export function cutStatement({ read, key, rows }: Cut, scn: string | null = null): SqlStatement {
  const binding = bindingOf(read.params);
  const text = buildSelect({
    ...partsOf(read, binding, scn),
    columns: entriesOf(key),
    orderBy: key.map(({ name }) => quoteName(name)),
    limit: `offset ${BigInt(rows - 1)} rows fetch next 1 rows only`,
  });
  return { text, values: binding.values };
}

/** The statement that counts the rows of a read. */
export function countStatement(read: TableRead, scn: string | null = null): SqlStatement {
  const binding = bindingOf(read.params);
  const plain = { ...partsOf(read, binding, scn), orderBy: [], limit: null };
  const counted = ['count(*)'];
  if (read.limit === null) return { text: buildSelect({ ...plain, columns: counted }), values: binding.values };
  const limited = buildSelect({ ...plain, columns: ['1 as "one"'], limit: limitOf(read.limit) });
  const outer = { columns: counted, from: derived(limited, COUNTED), where: null, orderBy: [], limit: null };
  return { text: buildSelect(outer), values: binding.values };
}

/** All output columns of a query, for the server to describe. */
export function describedStatement(sql: string, params: TableRead['params']): SqlStatement {
  const binding = bindingOf(params);
  const from = derived(binding.bind(lex(sql, 'query')), QUERY);
  return { text: buildSelect({ columns: ['*'], from, where: null, orderBy: [], limit: null }), values: binding.values };
}

/** Whether an operator's condition may read tables of its own: by a subquery, or by a function that is not built in. */
export function readsMore(condition: string): boolean {
  return /\bselect\b|\.\s*["\w$#]+\s*\(|"\s*\(/i.test(condition);
}

export const oracleDialect: SqlDialect = {
  quoteName,
  literal,
  select: (read) => selectStatement(read),
  count: (read) => countStatement(read),
  keyCuts: { canCutBy, cut: (read, key, rows) => cutStatement({ read, key, rows }) },
  // READ would not let the table be held: LOCK TABLE asks for SELECT.
  grantSelect: (table, user) => `GRANT SELECT ON ${quoteTable(table)} TO ${quoteName(user)}`,
  parametersOf: (sql) => parameterNames(lex(sql, 'condition')),
};
