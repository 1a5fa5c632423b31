import { appError, bug } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn, SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { SqlDialect } from '../../ports/connector.ts';
import { bindParams, parameterNames } from '../kit/bind-params.ts';
import { rangeCondition } from '../kit/key-range.ts';
import { buildSelect, derivedTable } from '../kit/select-builder.ts';
import { lexUserSql, type SqlUse } from '../kit/user-sql.ts';
import { mysqlLexicalRules } from './lexical-rules.ts';
import { selectExpression } from './types.ts';

/** A name as a quoted identifier. */
export function quoteName(name: string): string {
  refuseUnsendable(name, 'name');
  return `\`${name.replaceAll('`', '``')}\``;
}

export function quoteTable({ namespace, name }: TableName): string {
  return `${quoteName(namespace)}.${quoteName(name)}`;
}

/**
 * A text as one literal, for sessions with an empty `sql_mode` and `utf8mb4` (ours): the backslash escapes, and no byte
 * of a character of utf8mb4 can be taken for a quote or a backslash.
 */
export function literal(text: string): string {
  refuseUnsendable(text, 'value');
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function refuseUnsendable(text: string, what: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw appError('PLAN/SQL_REFUSED', {
    message: `A ${what} holds a NUL character or half a surrogate pair, which is never sent.`,
    remedy: `Remove the character from the ${what}.`,
  });
}

/** The operator's SQL, checked, with its parameters as literals. */
export function bindUserSql(sql: string, use: SqlUse, params: TableRead['params']): string {
  const lexed = lexUserSql(sql, use, mysqlLexicalRules);
  return bindParams(lexed, params, (value) => (value === null ? 'NULL' : literal(value)));
}

/** The statement that reads the rows. */
export function selectStatement(read: TableRead): string {
  return build(
    read,
    read.columns.map(({ name, nativeType, type }) => selectExpression(quoteName(name), nativeType, type)),
    read.orderBy.map((term) => `${quoteName(term.column)} ${term.descending ? 'desc' : 'asc'}`),
  );
}

/** No rows of a query, but all its output columns. */
export function describeStatement(sql: string, params: TableRead['params']): string {
  return `select * from ${derivedTable(bindUserSql(sql, 'query', params), '`query`')} limit 0`;
}

function countStatement(read: TableRead): string {
  if (read.limit === null) return build(read, ['count(*)'], []);
  return `select count(*) from ${derivedTable(build(read, ['1'], []), '`counted`')}`;
}

function build(read: TableRead, columns: readonly string[], orderBy: readonly string[]): string {
  const { source } = read;
  return buildSelect({
    columns,
    from:
      source.kind === 'table'
        ? quoteTable(source.table)
        : derivedTable(bindUserSql(source.sql, 'query', read.params), '`query`'),
    where: read.where === null ? null : bindUserSql(read.where, 'condition', read.params),
    range: read.range === undefined ? null : rangeCondition(read.range, { quoteName, literal: keyLiteral }),
    orderBy,
    limit: read.limit === null ? null : `limit ${BigInt(read.limit)}`,
  });
}

/** An account as the server names it, `name@host`. */
function accountOf(user: string): string {
  const at = user.lastIndexOf('@');
  return at < 0 ? literal(user) : `${literal(user.slice(0, at))}@${literal(user.slice(at + 1))}`;
}

/**
 * Numbers, dates and moments without a zone: what is compared with a literal of these is compared as what it is. Texts have
 * collations under which several are one, and a moment with a zone depends on that of the session.
 */
function canCutBy({ type, nativeType }: ReadColumn): boolean {
  if (type.kind === 'int' || type.kind === 'decimal') return !/^(bit|year)\b|\bzerofill\b/i.test(nativeType);
  return type.kind === 'date' || (type.kind === 'timestamp' && type.zone === 'none');
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A number stands bare: as a text it would be compared as a double, and keys beyond 2^53 would be one. */
function keyLiteral(text: string, { type }: ReadColumn): string {
  if (type.kind !== 'int' && type.kind !== 'decimal') return literal(text);
  if (!NUMBER.test(text)) throw bug('a key that should be a number is none');
  return text;
}

function cutStatement(read: TableRead, key: readonly ReadColumn[], rows: number): string {
  const names = key.map(({ name }) => quoteName(name));
  return `${build(read, names, names)}\nlimit 1 offset ${BigInt(rows - 1)}`;
}

const statement = (text: string): SqlStatement => ({ text, values: [] });

export const mysqlDialect: SqlDialect = {
  quoteName,
  literal,
  select: (read) => statement(selectStatement(read)),
  count: (read) => statement(countStatement(read)),
  keyCuts: { canCutBy, cut: (read, key, rows) => statement(cutStatement(read, key, rows)) },
  grantSelect: (table, user) => `GRANT SELECT ON ${quoteTable(table)} TO ${accountOf(user)}`,
  parametersOf: (sql) => parameterNames(lexUserSql(sql, 'condition', mysqlLexicalRules)),
};
