import { describe, expect, it } from 'vitest';
import { bindParams, parameterNames } from '../../../../src-main/connectors/kit/bind-params.ts';
import type { LexerTraits } from '../../../../src-main/connectors/kit/lexer-traits.ts';
import { lexUserSql, type SqlUse } from '../../../../src-main/connectors/kit/user-sql.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';

const dollars: LexerTraits = {
  nameQuotes: ['"'],
  stringQuotes: ["'"],
  backslash: 'e-strings',
  unicodeQuotes: true,
  alternativeQuotes: false,
  dollarQuotes: true,
  hashComments: false,
  dashComments: 'always',
  nestedComments: true,
  executableComments: [],
  subscripts: true,
  queryStarts: ['select', 'with'],
  refusedCharacters: '',
  refusedWords: new Set(['into']),
  refusedFunctions: new Set(['set_config']),
};
const backslashes: LexerTraits = {
  ...dollars,
  nameQuotes: ['`'],
  stringQuotes: ["'", '"'],
  backslash: 'always',
  unicodeQuotes: false,
  dollarQuotes: false,
  hashComments: true,
  dashComments: 'before-blank',
  nestedComments: false,
  executableComments: ['!', 'M!'],
  subscripts: false,
  refusedCharacters: '?',
};
const brackets: LexerTraits = {
  ...dollars,
  nameQuotes: ['"', '`', '['],
  backslash: 'never',
  dollarQuotes: false,
  nestedComments: false,
  subscripts: false,
  refusedCharacters: '?@$#',
};

const refusedBy = (sql: string, use: SqlUse, traits: LexerTraits): boolean => {
  try {
    lexUserSql(sql, use, traits);
    return false;
  } catch (error) {
    if (isAppError(error, 'PLAN/SQL_REFUSED')) return true;
    throw error;
  }
};

describe('lexer of the operator’s SQL', () => {
  it.each([
    ['true)) TO STDOUT; COMMIT; DELETE FROM t; --'],
    ['true) union select 1 from secrets where (true'],
    ['true; delete from t'],
    ["'a' ; drop table t"],
    ['true)'],
    ['(true'],
    ['true /* open'],
    ['true /* a /* b */ still open'],
    ["name = 'open"],
    ["name = E'it\\' ; delete from t"],
    ["name = 'a\\' ; drop table t --'"],
    ['name = $$open'],
    ['name = $a$ x $b$'],
    ['name = $1'],
    ['"open'],
    ['a[1'],
    ['a(1]'],
    ['a\0b'],
    [''],
    ['   '],
    ['-- only a comment'],
    ['/* only */ -- comments'],
    ['U&"\\0061" = 1'],
    ["name = U&'\\0027; drop'"],
    ["E'a'\n'b\\' ; drop table t --'"],
    ["E'a' -- c\n'b'"],
    ['true -- x\r ; drop table t'],
    ['1$a$ ; drop table t $a$'],
    ["set_config('x','y',false) is null"],
    ["pg_catalog.\"set_config\" ('x','y',false) is null"],
    ['set_config/**/(1) is null'],
    ['a \\; b'],
    ['true } or {'],
  ])('refuses %j as a condition', (sql) => {
    expect(refusedBy(sql, 'condition', dollars)).toBe(true);
  });

  it.each([
    ['delete from t'],
    ['update t set a = 1'],
    ['copy t to program $$id$$'],
    ['/* select */ insert into t values (1)'],
    ['(select 1)'],
    ['"select" 1'],
    ['selects 1'],
    ['select 1 into t2'],
    ['select * from t; select 1'],
    ['select 1) as q; drop table t; --'],
    ['do $$ begin end $$'],
  ])('refuses %j as a query', (sql) => {
    expect(refusedBy(sql, 'query', dollars)).toBe(true);
  });

  it.each([
    ['name = "a\\\\" ; drop table t #"'],
    ["name = 'a\\\\' ; drop table t"],
    ['1 /*! ; drop table t */'],
    ['1 /*!50000 union */'],
    ['1 /*M! union */'],
    ['1 --; drop table t'],
    ['1 --\u00a0\n; drop table t'],
    ['1 -- x\r; y'],
    ['1 /* a /* b */ */'],
    ['a = ?'],
    ["a = 'x' # \n ; y"],
  ])('refuses %j where a backslash escapes and # comments', (sql) => {
    expect(refusedBy(sql, 'condition', backslashes)).toBe(true);
  });

  it.each([['[a;b] ; c'], ['[open'], ['a = @x'], ['a = $x'], ['a = ?1']])('refuses %j where brackets quote', (sql) => {
    expect(refusedBy(sql, 'condition', brackets)).toBe(true);
  });

  it.each([
    ["name = 'a;b' and note = E'it\\'s; -- ' and x = $q$ ; $$ ' $q$"],
    ["name = 'it''s' -- ; tail"],
    ['a = 1 /* ; /* nested */ ; */ and b[1:2] = ARRAY[3]'],
    ['"odd;name""" = 1'],
    ["a$b$c = 1 and data @> '{\"a\":1}' and x::text ~ '^a'"],
  ])('accepts %j', (sql) => {
    expect(lexUserSql(sql, 'condition', dollars).text).toBe(sql);
  });

  it('keeps to the escape rules it was given', () => {
    const sql = 'name = "a\\" ; still text" # ; comment';
    expect(lexUserSql(sql, 'condition', backslashes).text).toBe(sql);
    expect(lexUserSql('[a;b] = "c"";"', 'condition', brackets).parameters).toEqual([]);
  });

  it('finds parameters only where they are parameters', () => {
    const sql = `select a::int, b[lo:hi], b[:hi], array[:one], ':no', ":no", $$ :no $$, $t$:no$t$, E'\\':no', x := 1
      -- :no
      /* :no /* :no */ */ from t where c=:two and d = :one and f(b[(:three)])::text = 'x'`;
    expect(parameterNames(lexUserSql(sql, 'query', dollars))).toEqual(['one', 'two', 'three']);
  });

  it('puts a bound value between blanks and leaves the rest as it was', () => {
    const sql = lexUserSql("e:v||':v' = :w", 'condition', dollars);
    expect(bindParams(sql, { v: 'x', w: null }, (v) => (v === null ? 'NULL' : `'${v}'`))).toBe("e 'x' ||':v' =  NULL ");
  });

  it('names a parameter the plan does not declare', () => {
    const sql = lexUserSql('a = :toString', 'condition', dollars);
    expect(() => bindParams(sql, {}, () => '')).toThrow(expect.objectContaining({ code: 'PLAN/PARAM_UNDECLARED' }));
  });

  it('says where, and never repeats the operator’s literals', () => {
    expect(() => lexUserSql("a = 'secret'\n and b = 'secret' ; c", 'condition', dollars)).toThrow(
      expect.objectContaining({
        context: { use: 'condition', line: 2, column: 19 },
        message: expect.not.stringContaining('secret'),
      }),
    );
  });

  it('finds the SELECT behind a WITH list, and no other', () => {
    const after = (text: string): string | null | undefined => {
      const { withList } = lexUserSql(text, 'query', dollars);
      return withList === null ? undefined : withList.select === null ? null : text.slice(withList.select);
    };
    expect(after('with a as (select 1) select 2 union select 3')).toBe('select 2 union select 3');
    expect(after("/* select */ with a as (select ')' , 1), b as (select 2) -- select\nselect 4")).toBe('select 4');
    expect(after('with a as (select 1) (select 2)')).toBeNull();
    expect(after('select 1 from (select 2) as with_it')).toBeUndefined();
  });
});

describe('alternative quotes', () => {
  const traits: LexerTraits = { ...dollars, backslash: 'never', alternativeQuotes: true, refusedCharacters: '@:?' };
  const parametersOf = (sql: string) => lexUserSql(sql, 'condition', traits).parameters.map(({ name }) => name);

  it.each([
    ["a = q'[it's; :no -- /*]' and b = :b", ['b']],
    ["a = Q'!:x'!' or a = :a", ['a']],
    ["a = nq'<]':x>' || :c", ['c']],
    ["a = q'(')' and b = q'{}}'", []],
    ["a = q'''' and b = :b", ['b']],
    ["my_q = ':x'", []],
  ])('are strings: %s', (sql, names) => {
    expect(parametersOf(sql)).toEqual(names);
  });

  it.each([
    ["a = q'[x' or 1 = 1 --", 'without an end'],
    ["a = q'[x'); delete from t --]", 'that is not closed by its partner'],
    ["a = q' x '", 'with a blank as its mark'],
    ["a = q'éxé'", 'with a mark beyond ASCII'],
    ["a = 1q'[x]'", 'glued to a number'],
    ["a = q'[x]'; delete from t", 'before a second statement'],
    ["a = q'[x]]' or b = ']'; delete from t --'", 'that ends earlier than it looks'],
  ])('are refused: %s', (sql) => {
    expect(refusedBy(sql, 'condition', traits)).toBe(true);
  });

  it('mean nothing where a product does not have them', () => {
    const plain = { ...traits, alternativeQuotes: false };
    expect(refusedBy("a = q'[it's]'", 'condition', plain)).toBe(true);
  });
});
