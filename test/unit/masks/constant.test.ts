import { describe, expect, it } from 'vitest';
import { constant } from '../../../src-main/masks/constant/constant.ts';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import { CELL_NULL, CELL_PLAIN } from '../../../src-shared/model/row-batch.ts';
import { applyMask, batchColumn, readColumn, TEXT, textOf } from './apply-mask.ts';

const int = (bits: 8 | 16 | 24 | 32 | 64, signed = true): LogicalType => ({ kind: 'int', bits, signed });
const decimal = (precision: number | null, scale: number | null): LogicalType => ({
  kind: 'decimal',
  precision,
  scale,
});
const timestamp = (zone: 'none' | 'utc' | 'offset', digits = 6): LogicalType => ({ kind: 'timestamp', digits, zone });
const time = (zone: 'none' | 'offset', digits = 0): LogicalType => ({ kind: 'time', digits, zone });
const bytes = (maxBytes: number | null): LogicalType => ({ kind: 'bytes', maxBytes });

const FIT: readonly (readonly [type: LogicalType, fits: readonly string[], unfit: readonly string[]])[] = [
  [{ kind: 'boolean' }, ['true', 'false'], ['t', 'TRUE', '1', '']],
  [int(8), ['-128', '127', '0'], ['128', '-129', '-0', '007', '+1', '1.0', '', ' 1', '1e2']],
  [int(24, false), ['0', '16777215'], ['16777216', '-1']],
  [int(64), ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808', '9'.repeat(100_000)]],
  [int(64, false), ['18446744073709551615'], ['18446744073709551616']],
  [decimal(null, null), ['0', '-12.50', '1'.repeat(60)], ['NaN', '.5', '1.', '1e5', '01', '1,5']],
  [decimal(5, 2), ['999.99', '0', '-1.5'], ['1000', '1.234']],
  [decimal(2, 2), ['0.99'], ['1.00']],
  [
    { kind: 'float', bits: 64 },
    ['0.1', '-0', '1e+21', '5e-324'],
    ['1e400', '0.10', '1E5', 'NaN', 'Infinity', '100000e0'],
  ],
  [{ kind: 'float', bits: 32 }, ['0.1', '1.5', '-3'], ['1e+40', '0.123456789']],
  [
    { kind: 'date' },
    ['2024-02-29', '1900-01-01', '9999-12-31'],
    ['2023-02-29', '1900-02-29', '2024-13-01', '2024-1-1', '0000-01-01', '2024-04-31'],
  ],
  [
    timestamp('none'),
    ['2024-12-31T23:59:59', '2024-12-31T23:59:59.123456'],
    [
      '2024-12-31 23:59:59',
      '2024-12-31T23:59:59Z',
      '2024-12-31',
      '2024-12-31T23:59:60',
      '2024-12-31T24:00:00',
      '2024-12-31T23:59:59.1234567',
    ],
  ],
  [
    timestamp('utc', 0),
    ['2024-12-31T23:59:59Z'],
    ['2024-12-31T23:59:59', '2024-12-31T23:59:59+00:00', '2024-12-31T23:59:59.1Z'],
  ],
  [timestamp('offset'), ['2024-12-31T23:59:59-03:30'], ['2024-12-31T23:59:59Z', '2024-12-31T23:59:59+25:00']],
  [time('none'), ['00:00:00', '23:59:59'], ['24:00:00', '12:00', '12:00:00.5', '12:00:00+00:00']],
  [time('offset', 3), ['12:00:00.123+01:00'], ['12:00:00']],
  [{ kind: 'interval' }, ['PT0S', 'P1Y2M3DT4H5M6.789S', 'P-1D'], ['P', 'PT', '1 day', 'P1H', 'P1DT']],
  [bytes(null), ['', '00ff'], ['0', 'FF', '\\x00', 'zz']],
  [bytes(1), ['00'], ['0000']],
  [{ kind: 'json' }, ['{}', '"x"', '[1.50]', 'null'], ['', 'x', "{'a':1}"]],
  [{ kind: 'array', of: TEXT }, [], ['{}', '[]']],
  [TEXT, ['', 'anything\n'], []],
  [textOf(2), ['\u{1f600}\u{1f600}', ''], ['abc']],
];

describe('fit', () => {
  it.each(FIT)('for %j takes the canonical texts of the type and no others', (type, fits, unfit) => {
    const ok = (value: string): boolean => constant.fit(readColumn(type, false), constant.options.parse({ value })).ok;
    expect(fits.filter((value) => !ok(value))).toEqual([]);
    expect(unfit.filter(ok).map((value) => value.slice(0, 40))).toEqual([]);
  });

  it('gives the column its own type, and no NULL where NULLs are replaced too', () => {
    const fit = (options: object, nullable: boolean): unknown =>
      constant.fit(readColumn(int(32), nullable), constant.options.parse(options));
    expect(fit({ value: 0 }, true)).toEqual({ ok: true, type: int(32), nullable: true });
    expect(fit({ value: 0, replaceNull: true }, true)).toEqual({ ok: true, type: int(32), nullable: false });
    expect(fit({ value: '0' }, false)).toEqual({ ok: true, type: int(32), nullable: false });
  });
});

it('puts the value in place of every other, and of NULL only when asked', () => {
  const values = ['2020-01-01', null, '1999-12-31'];
  const column = batchColumn('subject', { kind: 'date' }, 'ascii');
  const kept = applyMask(constant, values, { options: { value: '1970-01-01' }, column });
  expect(kept.texts).toEqual(['1970-01-01', null, '1970-01-01']);
  expect(kept.flags).toEqual([CELL_PLAIN, CELL_NULL, CELL_PLAIN]);
  const replaced = applyMask(constant, values, { options: { value: '1970-01-01', replaceNull: true }, column });
  expect(replaced.texts).toEqual(['1970-01-01', '1970-01-01', '1970-01-01']);
});

it('writes bytes in the form the column travels in', () => {
  const raw = applyMask(constant, ['00', null], {
    options: { value: '4142' },
    column: batchColumn('subject', bytes(null), 'raw'),
  });
  expect(Array.from(raw.ranges[0] ?? [])).toEqual([0x41, 0x42]);
  expect(raw.flags[0]).toBe(0);
  const hex = applyMask(constant, ['00'], {
    options: { value: '4142' },
    column: batchColumn('subject', bytes(null), 'hex'),
  });
  expect(hex.texts).toEqual(['4142']);
  expect(hex.flags[0]).toBe(CELL_PLAIN);
});

it('can be the empty text, which is not NULL', () => {
  const { texts, flags } = applyMask(constant, ['x', null], { options: { value: '' } });
  expect(texts).toEqual(['', null]);
  expect(flags).toEqual([0, CELL_NULL]);
});

it('takes whole numbers and booleans as YAML gives them, and nothing whose text could be lost', () => {
  expect(constant.options.parse({ value: 0 }).value).toBe('0');
  expect(constant.options.parse({ value: true }).value).toBe('true');
  for (const value of [1.5, 1e21, null, undefined, ['x'], 'a\0b', '\udfff']) {
    expect(constant.options.safeParse({ value }).success).toBe(false);
  }
});
