import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { counted, formatCount } from '../../../src-shared/util/format-number.ts';
import { schemaProblems } from '../../../src-shared/util/schema-problems.ts';

const words = (schema: z.ZodType, value: unknown): string[] =>
  schemaProblems(schema, value).map((problem) => `${problem.path.join('.')} ${problem.words}`.trim());

/** One schema for every kind of issue the library knows, with a value it refuses and what a person reads. */
const KINDS: readonly [z.ZodType, unknown, string][] = [
  [
    z.coerce.number().int().min(1).max(65_535),
    '99999',
    'must be a whole number from 1 to 65\u00a0535 (given: "99999")',
  ],
  [z.coerce.number().int().min(1).max(65_535), 'abc', 'must be a whole number from 1 to 65\u00a0535 (given: "abc")'],
  [z.coerce.number().int().min(1).max(65_535), '1.5', 'must be a whole number from 1 to 65\u00a0535 (given: "1.5")'],
  [z.int().min(0), -1, 'must be a whole number of at least 0 (given: -1)'],
  [z.int(), 9_007_199_254_740_992, 'must be a whole number (given: 9007199254740992)'],
  [z.int().min(0, 'must not be negative'), -1, 'must not be negative (given: -1)'],
  [z.number().lt(5), 7, 'must be a number of at most 5 (given: 7)'],
  [z.number().multipleOf(5), 7, 'must be a multiple of 5 (given: 7)'],
  [z.bigint().gt(5n), 4n, 'must be more than 5'],
  [z.string(), 5, 'must be text (given: 5)'],
  [z.string(), null, 'must be text (given: nothing)'],
  [z.string().min(1), '', 'must not be empty'],
  [z.string().min(2), 'a', 'must have at least 2 characters (given: "a")'],
  [z.string().max(1), 'ab', 'must have at most 1 character (given: "ab")'],
  [z.string().regex(/^x$/), 'y', 'does not have the form that is needed here (given: "y")'],
  [z.string().regex(/^x$/, 'must be x'), 'y', 'must be x (given: "y")'],
  [z.uuid(), 'y', 'must be of the form uuid (given: "y")'],
  [z.boolean(), 'yes', 'must be true or false (given: "yes")'],
  [z.enum(['on', 'off']), 'maybe', 'must be one of on, off (given: "maybe")'],
  [z.literal('ok'), 'no', 'must be ok (given: "no")'],
  [z.array(z.string()), 'a', 'must be a list (given: "a")'],
  [z.array(z.string()).min(1), [], 'must not be empty (given: a list)'],
  [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entry (given: a list)'],
  [z.tuple([z.string()]), {}, 'must be a list (given: keys and values)'],
  [z.object({}), [], 'must be keys and values (given: a list)'],
  [z.union([z.string(), z.object({})]), 5, 'has none of the forms that are possible here (given: 5)'],
  [z.set(z.string()), new Set([5]), 'must be text'],
  [z.never(), 5, 'must be left out (given: 5)'],
  [z.string().refine(() => false), 'x', 'is not valid (given: "x")'],
];

describe('what a schema has against a value', () => {
  it.each(KINDS)('is said in plain words: %#', (schema, value, expected) => {
    const found = words(schema, value).join(' ');
    expect(found).toContain(expected);
    expect(found).not.toMatch(/Invalid|Too (big|small)|expected|received|<=|>=|pattern|Unrecognized/);
  });

  it('names a missing key, an unknown one with those that are known, and a key that cannot be one', () => {
    const schema = z.strictObject({
      purpose: z.string(),
      params: z.record(z.string().regex(/^a+$/, 'must be a'), z.string()),
    });
    expect(schemaProblems(schema, { purpos: 'x', params: { b: 'x' } })).toEqual([
      { kind: 'unknown', path: ['purpos'], words: 'is unknown', known: ['purpose', 'params'] },
      { kind: 'missing', path: ['purpose'], words: 'is missing', known: [] },
      { kind: 'key', path: ['params', 'b'], words: 'must be a', known: [] },
    ]);
  });

  it('speaks for the alternative that was meant', () => {
    const schema = z.object({ size: z.union([z.strictObject({ rows: z.int() }), z.string()]) });
    expect(words(schema, { size: { rows: 'many' } })).toEqual(['size.rows must be a whole number (given: "many")']);
  });

  it('shows no more of a long value than its beginning', () => {
    expect(words(z.string().max(3), 'x'.repeat(500))[0]).toBe(
      `must have at most 3 characters (given: "${'x'.repeat(40)}"…)`,
    );
  });
});

it('counts with the right form of the noun', () => {
  expect([counted(1, 'table'), counted(0, 'table'), counted(1200, 'query', 'queries')]).toEqual([
    '1 table',
    '0 tables',
    '1\u00a0200 queries',
  ]);
  expect(formatCount(1_234_567)).toBe('1\u00a0234\u00a0567');
});
