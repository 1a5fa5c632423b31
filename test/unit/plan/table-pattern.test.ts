import { describe, expect, it } from 'vitest';
import { matchesGlob, matchesTable, readPattern, tableLabel } from '../../../src-main/engine/plan/table-pattern.ts';

const matches = (pattern: string | [string, string], namespace: string, name: string) => {
  const known = readPattern(pattern);
  return known !== null && matchesTable(known, { namespace, name });
};

describe('table patterns', () => {
  it.each([
    ['public.*', 'public', 'orders', true],
    ['public.*', 'sales', 'orders', false],
    ['*.orders', 'sales', 'orders', true],
    ['*.*', 'a', 'b.c', true],
    ['public.tmp_?', 'public', 'tmp_1', true],
    ['public.tmp_?', 'public', 'tmp_12', false],
    ['public.tmp_?', 'public', 'tmp_😀', true],
    ['public.Orders', 'public', 'orders', false],
    ['public.or[de]rs', 'public', 'orders', false],
  ])('%s against %s.%s: %s', (pattern, namespace, name, expected) => {
    expect(matches(pattern, namespace, name)).toBe(expected);
  });

  it('takes a pair of names literally', () => {
    expect(matches(['a.b', 'c*'], 'a.b', 'c*')).toBe(true);
    expect(matches(['a.b', 'c*'], 'a.b', 'cd')).toBe(false);
  });

  it('does not guess where text has no dot, two dots or an empty part', () => {
    expect([readPattern('orders'), readPattern('a.b.c'), readPattern('.b'), readPattern('a.')]).toEqual(
      Array(4).fill(null),
    );
  });

  it('does not hang on a hostile glob', () => {
    expect(matchesGlob(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
  });

  it('labels tables so that no two have one label', () => {
    expect(tableLabel({ namespace: 'a.b', name: 'c' })).not.toBe(tableLabel({ namespace: 'a', name: 'b.c' }));
  });
});
