import { describe, expect, it } from 'vitest';
import { sqliteDialect } from '../../../../src-main/connectors/sqlite/dialect.ts';

describe('parameters of SQLite’s own', () => {
  it.each(['a = :1', 'a = :é', 'a = ::b', 'a := 1', 'a = ?', 'a = ?7', 'a = @b', 'a = $b'])('refuses %s', (sql) => {
    expect(() => sqliteDialect.parametersOf(sql)).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
  });

  it('finds ours outside strings, names and comments only', () => {
    const sql = `a = :one and b = ':two' and [:three] = \`:four\` and ":five" = :six -- :seven\n /* :eight */ or :one`;
    expect(sqliteDialect.parametersOf(sql)).toEqual(['one', 'six']);
  });
});
