import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn, SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { SqlDialect } from '../../ports/connector.ts';
import { parameterNames } from '../kit/bind-params.ts';
import { rangeCondition } from '../kit/key-range.ts';
import { OrderedBinding, refuseUnsendable } from '../kit/ordered-binding.ts';
import { buildSelect, derivedTable, type SelectParts } from '../kit/select-builder.ts';
import { lexUserSql, type SqlUse, type UserSql } from '../kit/user-sql.ts';
import { canCutBy, keyLiteral } from './key-literal.ts';
import { sqlserverLexicalRules } from './lexical-rules.ts';
import { selectColumn } from './select-column.ts';

/** Joined texts of up to this length stay whole without a word about it. */
const SHORT_LITERAL = 4000;
const QUERY = '[waybill query]';

/** A name as a quoted identifier. */
export function quoteName(name: string): string {
  refuseUnsendable(name, 'name');
  return `[${name.replaceAll(']', ']]')}]`;
}

export function quoteTable({ namespace, name }: TableName): string {
  return `${quoteName(namespace)}.${quoteName(name)}`;
}

/**
 * A text literal. The server takes a backslash before a line break in a string for a continuation and drops both, so the two
 * never stand in one.
 */
export function literal(text: string): string {
  refuseUnsendable(text, 'value');
  const parts = text.split(/(?<=\\)(?=\r?\n)/).map((part) => `N'${part.replaceAll("'", "''")}'`);
  if (parts.length === 1) return parts[0] ?? "N''";
  const start = text.length > SHORT_LITERAL ? "convert(nvarchar(max), N'') + " : '';
  return `(${start}${parts.join(' + ')})`;
}

/** What stands before SELECT and after FROM. */
type Source = Pick<SelectParts, 'from'> & { readonly before: string };

/**
 * The operator's query as a table. A WITH list can stand at the beginning of a statement only, so that the query becomes the
 * last member of its own list.
 */
function querySource(text: string, binding: OrderedBinding): Source {
  const sql = lex(text, 'query');
  if (sql.withList === null) return { before: '', from: derivedTable(binding.bind(sql), QUERY) };
  const { select } = sql.withList;
  if (select === null) {
    throw appError('PLAN/SQL_REFUSED', {
      message: 'The query begins with WITH, and no SELECT stands behind its list.',
      remedy: 'Write the query as WITH … AS (…) SELECT …, without brackets around the last SELECT.',
    });
  }
  const list = binding.bind(part(sql, 0, select));
  const main = binding.bind(part(sql, select, sql.text.length));
  return { before: `${list}\n, ${QUERY} as (\n${main}\n)`, from: QUERY };
}

function part({ text, parameters }: UserSql, start: number, end: number): UserSql {
  const own = parameters.filter((use) => use.start >= start && use.end <= end);
  return {
    text: text.slice(start, end),
    parameters: own.map((use) => ({ ...use, start: use.start - start, end: use.end - start })),
    withList: null,
  };
}

const bindingOf = (params: TableRead['params']): OrderedBinding => new OrderedBinding(params, (place) => `@p${place}`);

function lex(text: string, use: SqlUse): UserSql {
  return lexUserSql(text, use, sqlserverLexicalRules);
}

function sourceOf({ source }: TableRead, binding: OrderedBinding): Source {
  if (source.kind === 'table') return { before: '', from: quoteTable(source.table) };
  return querySource(source.sql, binding);
}

/** Which rows of a source: the operator's words, and a range of its key. */
function whichOf(read: TableRead, binding: OrderedBinding) {
  return {
    where: read.where === null ? null : binding.bind(lex(read.where, 'condition')),
    range: read.range === undefined ? null : rangeCondition(read.range, { quoteName, literal: keyLiteral }),
  };
}

const entriesOf = (columns: readonly ReadColumn[]): string[] =>
  columns.map(({ name, nativeType }) => selectColumn(quoteName(name), nativeType));

/** The statement that reads the rows. */
export function selectStatement(read: TableRead): SqlStatement {
  const binding = bindingOf(read.params);
  const text = buildSelect({
    ...sourceOf(read, binding),
    ...whichOf(read, binding),
    columns: entriesOf(read.columns),
    top: topOf(read.limit),
    orderBy: read.orderBy.map((term) => `${quoteName(term.column)} ${term.descending ? 'desc' : 'asc'}`),
    limit: null,
  });
  return { text, values: binding.values };
}

export interface Cut {
  readonly read: TableRead;
  readonly key: readonly ReadColumn[];
  /** Counted from 1. */
  readonly rows: number;
}

/** The statement that gives the key of a row by its number. */
export function cutStatement({ read, key, rows }: Cut): SqlStatement {
  const binding = bindingOf(read.params);
  const text = buildSelect({
    ...sourceOf(read, binding),
    ...whichOf(read, binding),
    columns: entriesOf(key),
    orderBy: key.map(({ name }) => quoteName(name)),
    limit: `offset ${BigInt(rows - 1)} rows fetch next 1 rows only`,
  });
  return { text, values: binding.values };
}

function countStatement(read: TableRead): SqlStatement {
  const binding = bindingOf(read.params);
  const { before, from } = sourceOf(read, binding);
  const plain = { from, ...whichOf(read, binding), orderBy: [], limit: null };
  const counted = { ...plain, columns: ['count_big(*)'] };
  if (read.limit === null) return { text: buildSelect({ ...counted, before }), values: binding.values };
  const limited = buildSelect({ ...plain, columns: ['1 as [one]'], top: topOf(read.limit) });
  const outer = {
    columns: ['count_big(*)'],
    from: derivedTable(limited, '[counted]'),
    where: null,
    orderBy: [],
    limit: null,
  };
  return { text: buildSelect({ ...outer, before }), values: binding.values };
}

function topOf(limit: number | null): string | null {
  return limit === null ? null : `top (${BigInt(limit)})`;
}

/** All output columns of a query, for the server to describe. */
export function describedStatement(sql: string, params: TableRead['params']): SqlStatement {
  const binding = bindingOf(params);
  const source = querySource(sql, binding);
  const text = buildSelect({ ...source, columns: ['*'], where: null, orderBy: [], limit: null });
  return { text, values: binding.values };
}

/** The declaration of the placeholders of a statement, as `sp_executesql` takes it. */
export function declarationOf(values: readonly (string | null)[]): string {
  return values
    .map((value, i) => `@p${i + 1} ${(value?.length ?? 0) > 4000 ? 'nvarchar(max)' : 'nvarchar(4000)'}`)
    .join(', ');
}

/** Whether an operator's condition reads tables of its own. */
export function readsMore(condition: string): boolean {
  return /\b(?:select|openjson|openxml|string_split)\b|\.\s*[[\w"]+\s*\(/i.test(condition);
}

export const sqlserverDialect: SqlDialect = {
  quoteName,
  literal,
  select: selectStatement,
  count: countStatement,
  keyCuts: { canCutBy, cut: (read, key, rows) => cutStatement({ read, key, rows }) },
  grantSelect: (table, user) => `GRANT SELECT ON ${quoteTable(table)} TO ${quoteName(user)}`,
  parametersOf: (sql) => parameterNames(lex(sql, 'condition')),
};
