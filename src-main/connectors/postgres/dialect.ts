import { appError } from '../../../src-shared/errors/app-error.ts';
import type { SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import type { SqlDialect } from '../../ports/connector.ts';
import { bindParams, parameterNames } from '../kit/bind-params.ts';
import { buildSelect, derivedTable } from '../kit/select-builder.ts';
import { lexUserSql, type SqlUse } from '../kit/user-sql.ts';
import { postgresLexicalRules } from './lexical-rules.ts';

/** A name as a quoted identifier. */
export function quoteName(name: string): string {
  refuseUnsendable(name, 'name');
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A text as one untyped literal: the server gives it the type its place asks for. With a backslash it is written as an
 * escape string, which means the same whatever `standard_conforming_strings` says.
 */
export function literal(text: string): string {
  refuseUnsendable(text, 'value');
  const quoted = text.replaceAll("'", "''");
  return quoted.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}

function refuseUnsendable(text: string, what: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw appError('PLAN/SQL_REFUSED', {
    message: `A ${what} holds a NUL character or half a surrogate pair, which the server cannot take.`,
    remedy: `Remove the character from the ${what}.`,
  });
}

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
        ? `${quoteName(source.table.namespace)}.${quoteName(source.table.name)}`
        : derivedTable(bindUserSql(source.sql, 'query', read.params), '"query"'),
    where: read.where === null ? null : bindUserSql(read.where, 'condition', read.params),
    orderBy,
    limit: read.limit === null ? null : `limit ${BigInt(read.limit)}`,
  });
}

const statement = (text: string): SqlStatement => ({ text, values: [] });

export const postgresDialect: SqlDialect = {
  quoteName,
  literal,
  select: (read) => statement(`COPY (\n${selectStatement(read)}\n) TO STDOUT`),
  count: (read) => statement(countStatement(read)),
  grantSelect: (table, user) =>
    `GRANT SELECT ON ${quoteName(table.namespace)}.${quoteName(table.name)} TO ${quoteName(user)}`,
  parametersOf: (sql) => parameterNames(lexUserSql(sql, 'condition', postgresLexicalRules)),
};
