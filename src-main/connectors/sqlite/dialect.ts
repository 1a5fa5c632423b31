import { appError, bug } from '../../../src-shared/errors/app-error.ts';
import type { KeyRange, ReadColumn, SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import type { SqlDialect } from '../../ports/connector.ts';
import { bindParams, parameterNames } from '../kit/bind-params.ts';
import { rangeCondition } from '../kit/key-range.ts';
import { buildSelect, derivedTable } from '../kit/select-builder.ts';
import { lexUserSql, type SqlUse } from '../kit/user-sql.ts';
import { sqliteLexicalRules } from './lexical-rules.ts';
import { selectColumn } from './select-column.ts';

/** A name as a quoted identifier. */
export function quoteName(name: string): string {
  refuseUnsendable(name, 'name');
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as one literal. */
export function literal(text: string): string {
  refuseUnsendable(text, 'value');
  return `'${text.replaceAll("'", "''")}'`;
}

function refuseUnsendable(text: string, what: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw appError('PLAN/SQL_REFUSED', {
    message: `A ${what} holds a NUL character or half a surrogate pair, which the database cannot take.`,
    remedy: `Remove the character from the ${what}.`,
  });
}

/** The operator's SQL, checked, with `?` for each parameter; the values are added to `values` in that order. */
function bindUserSql(sql: string, use: SqlUse, { params, values }: Binding): string {
  return bindParams(lexUserSql(sql, use, sqliteLexicalRules), params, (value) => {
    if (value !== null) refuseUnsendable(value, 'value');
    values.push(value);
    return '?';
  });
}

interface Binding {
  readonly params: TableRead['params'];
  readonly values: (string | null)[];
}

/** The operator's query, checked and bound, as it stands and as a table that is selected from. */
export function queryStatements(
  sql: string,
  params: TableRead['params'],
): { readonly bare: SqlStatement; readonly derived: SqlStatement } {
  const values: (string | null)[] = [];
  const text = bindUserSql(sql, 'query', { params, values });
  return { bare: { text, values }, derived: { text: `select * from ${derivedTable(text, '"query"')}`, values } };
}

function build(read: TableRead, columns: readonly string[], orderBy: readonly string[]): SqlStatement {
  const { source, params } = read;
  const values: (string | null)[] = [];
  // The order of these two is the order of the placeholders in the statement.
  const from =
    source.kind === 'table'
      ? `${quoteName(source.table.namespace)}.${quoteName(source.table.name)}`
      : derivedTable(bindUserSql(source.sql, 'query', { params, values }), '"query"');
  const where = read.where === null ? null : bindUserSql(read.where, 'condition', { params, values });
  const limit = read.limit === null ? null : `limit ${BigInt(read.limit)}`;
  const range = read.range === undefined ? null : keyCondition(read.range);
  return { text: buildSelect({ columns, from, where, range, orderBy, limit }), values };
}

/**
 * What is declared with INT somewhere has the affinity of whole numbers (sqlite.org/datatype3.html §3.1). A column of any type may hold values of any other: where one
 * that is no whole number stands at a cut, the rest is one range.
 */
const canCutBy = ({ nativeType }: ReadColumn): boolean => /int/i.test(nativeType);

const WHOLE_NUMBER = /^-?\d{1,19}$/;

export function keyCondition(range: KeyRange): string | null {
  const whole = (text: string): string => {
    if (!WHOLE_NUMBER.test(text)) throw bug('a key that should be a whole number is none');
    return text;
  };
  return rangeCondition(range, { quoteName, literal: whole });
}

function cutStatement(read: TableRead, key: readonly ReadColumn[], rows: number): SqlStatement {
  const names = key.map(({ name }) => quoteName(name));
  const whole = names.map((name) => `case typeof(${name}) when 'integer' then cast(${name} as text) end`);
  const { text, values } = build(read, whole, names);
  return { text: `${text}\nlimit 1 offset ${BigInt(rows - 1)}`, values };
}

/** A read with a select list of its own. */
export function selectEntries(read: TableRead, entries: readonly string[]): SqlStatement {
  const terms = read.orderBy.map((term) => `${quoteName(term.column)} ${term.descending ? 'desc' : 'asc'}`);
  return build(read, entries, terms);
}

function selectStatement(read: TableRead): SqlStatement {
  const entries = read.columns.map((column) => selectColumn(quoteName(column.name), column.type.kind));
  return selectEntries(read, entries);
}

function countStatement(read: TableRead): SqlStatement {
  if (read.limit === null) return build(read, ['count(*)'], []);
  const { text, values } = build(read, ['1'], []);
  return { text: `select count(*) from ${derivedTable(text, '"counted"')}`, values };
}

export const sqliteDialect: SqlDialect = {
  quoteName,
  literal,
  select: selectStatement,
  count: countStatement,
  keyCuts: { canCutBy, cut: cutStatement },
  grantSelect: () => null,
  parametersOf: (sql) => parameterNames(lexUserSql(sql, 'condition', sqliteLexicalRules)),
};
