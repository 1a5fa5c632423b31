import { describe, expect, it } from 'vitest';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { queriesOf } from '../../../src-main/engine/plan/query-parameters.ts';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';
import { brief, column, compile, HEAD, TEXT } from './plan-builder.ts';

const ORDERS = `${HEAD}tables:\n  - table: public.orders\n    columns: [id, note]\n`;
const found = (text: string, more = {}) => brief(compile(text, more).findings);
const ACCEPT = { accept: 'unsigned' } as const;

describe('compilePlan: queries', () => {
  const query = (rest: string) =>
    `${HEAD}params: { since: x }\ntables:\n  - query: "select :since as a, b"\n    name: totals\n${rest}`;
  const describedQueries = new Map([
    [
      'totals',
      [
        { name: 'a', nativeType: 'text', nullable: true, type: TEXT },
        { name: 'b', nativeType: 'text', nullable: true, type: TEXT },
      ],
    ],
  ]);

  it('takes the columns as described, each with a mask or unmasked: ok', () => {
    const { compiled, findings } = compile(query('    columns: { a: { unmasked: ok }, b: { mask: redact } }\n'), {
      describedQueries,
    });
    expect(findings).toEqual([]);
    expect(compiled?.tables[0]).toMatchObject({
      name: 'totals',
      table: ['', 'totals'],
      stem: 'totals',
      order: 'query',
      masks: [null, { id: 'redact' }],
      read: { source: { kind: 'query', sql: 'select :since as a, b' }, params: { since: 'x' } },
    });
  });

  it.each([
    ['a column without a word', '    columns: { a: { unmasked: ok } }\n', ['error PLAN/INVALID 8:12']],
    ['a list without masks', '    columns: [a, b]\n    masks: { b: { mask: redact } }\n', ['error PLAN/INVALID 8:12']],
    ['nothing said at all', '', ['error PLAN/INVALID 8:12', 'error PLAN/INVALID 8:12']],
    [
      'a column it does not give',
      '    columns: { a: { unmasked: ok }, b: { unmasked: ok }, c: { unmasked: ok } }\n',
      ['error PLAN/COLUMN_ABSENT 10:58'],
    ],
    [
      'a column said twice',
      '    columns: { a: { unmasked: ok }, b: { unmasked: ok } }\n    masks: { a: { mask: redact } }\n',
      ['error PLAN/INVALID 10:16'],
    ],
  ])('refuses %s', (_what, rest, expected) => {
    expect(found(query(rest), { describedQueries })).toEqual(expected);
  });

  it('puts what describing it threw at the line of the query', () => {
    const failed = new Map([['totals', appError('SOURCE/QUERY_INVALID', { message: 'No table b.' })]]);
    expect(found(query(''), { describedQueries: failed })).toEqual(['error SOURCE/QUERY_INVALID 8:12']);
  });

  it('refuses two output columns of one name', () => {
    const twins = new Map([['totals', [column('a'), column('a')].map((c) => ({ ...c, type: TEXT }))]]);
    expect(found(query(''), { describedQueries: twins })).toEqual(['error PLAN/INVALID 8:12']);
  });

  it('lists the queries to describe, with the values they will have', () => {
    const { plan } = parsePlan(query(''));
    expect(plan === null ? null : queriesOf(plan, { since: 'y' })).toEqual([
      { name: 'totals', sql: 'select :since as a, b', params: { since: 'y' } },
    ]);
  });
});

describe('compilePlan: parameters and SQL', () => {
  const where = (sql: string, params = '{ since: 2024-01-01 }') => `${ORDERS}    where: "${sql}"\nparams: ${params}\n`;

  it('binds the values a filter uses, overrides first', () => {
    const text = where('a > :since', '{ since: 2024-01-01 }');
    expect(compile(text).compiled?.tables[0]?.read.params).toEqual({ since: '2024-01-01' });
    expect(compile(text, { params: { since: null } }).compiled?.tables[0]?.read.params).toEqual({ since: null });
  });

  it.each([
    ['an undeclared parameter', where('a > :sinc and b > :since'), {}, 'error PLAN/PARAM_UNDECLARED 9:12'],
    ['an override nobody declared', where('a > :since'), { params: { sinc: 'x' } }, 'error PLAN/PARAM_UNDECLARED 10:1'],
    ['a parameter nobody uses', where('true'), {}, 'warning PLAN/INVALID 10:11'],
    ['SQL the dialect refuses', where('a > :since; drop table x'), {}, 'error PLAN/SQL_REFUSED 9:12'],
  ])('points at %s', (_what, text, more, expected) => {
    expect(found(text, more)).toEqual([expected]);
  });

  it('says an SQL problem under a glob for each table it meets', () => {
    const text = `${HEAD}tables:\n  - table: "*.orders"\n    where: "1; 2"\n`;
    expect(compile(text, ACCEPT).findings.map(({ code, table: name }) => `${code} ${name ?? ''}`)).toEqual([
      'PLAN/SQL_REFUSED public.orders',
      'PLAN/SQL_REFUSED sales.orders',
    ]);
  });
});
