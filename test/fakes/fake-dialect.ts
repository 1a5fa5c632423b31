import { appError } from '../../src-shared/errors/app-error.ts';
import type { SqlStatement, TableRead } from '../../src-shared/model/table-read.ts';
import type { SqlDialect } from '../../src-main/ports/connector.ts';

/** A dialect just strict enough for tests of what calls it: refuses `;` and undeclared parameters, and counts calls. */
export function fakeDialect(): SqlDialect {
  const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const parametersOf = (sql: string) => {
    if (sql.includes(';')) {
      throw appError('PLAN/SQL_REFUSED', { message: 'The SQL holds a semicolon.', remedy: 'Remove it.' });
    }
    return [...new Set(Array.from(sql.matchAll(/(?<!:):([a-z_]\w*)/g), (match) => match[1] ?? ''))];
  };
  const checked = (sql: string, read: TableRead) => {
    for (const name of parametersOf(sql)) {
      if (!Object.hasOwn(read.params, name)) {
        throw appError('PLAN/PARAM_UNDECLARED', { message: `The parameter ${name} is not declared.` });
      }
    }
    return sql;
  };
  const source = (read: TableRead) =>
    read.source.kind === 'query'
      ? `(${checked(read.source.sql, read)}) q`
      : `${quoteName(read.source.table.namespace)}.${quoteName(read.source.table.name)}`;
  const where = (read: TableRead) => (read.where === null ? '' : ` WHERE (${checked(read.where, read)})`);
  const statement = (text: string, read: TableRead): SqlStatement => ({ text, values: Object.values(read.params) });
  return {
    quoteName,
    literal,
    grantSelect: () => null,
    parametersOf,
    select: (read) =>
      statement(
        `SELECT ${read.columns.map(({ name }) => quoteName(name)).join(', ')} FROM ${source(read)}${where(read)}`,
        read,
      ),
    count: (read) => statement(`SELECT count(*) FROM ${source(read)}${where(read)}`, read),
  };
}
