import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { partial } from '../../../src-main/masks/partial/partial.ts';
import { isPlainRange } from '../../../src-shared/model/plain-bytes.ts';
import { CELL_NULL, CELL_PLAIN } from '../../../src-shared/model/row-batch.ts';
import { applyMask, readColumn, TEXT, textOf } from './apply-mask.ts';

interface Vector {
  readonly value: string;
  readonly keepFirst: number;
  readonly keepLast: number;
  readonly character: string;
  readonly masked: string;
}

const file = new URL('../../vectors/masks/partial.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

it.each(vectors)('masks $value as $masked', ({ value, masked, ...options }) => {
  for (const escaped of [false, true]) {
    expect(applyMask(partial, [value], { options, escaped }).texts).toEqual([masked]);
  }
});

it('keeps the length, shows at most half, and shows it in place, for any text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const kept = fc.nat(12);
  fc.assert(
    fc.property(
      text,
      kept,
      kept,
      fc.constantFrom('*', '•', '\u{1f7e6}'),
      fc.boolean(),
      (value, first, last, character, escaped) => {
        fc.pre(first + last > 0);
        const options = { keepFirst: first, keepLast: last, character };
        const masked = applyMask(partial, [value], { options, escaped }).texts[0] ?? '';
        const before = Array.from(value);
        const after = Array.from(masked);
        const whole = 2 * (first + last) > before.length;
        expect(after).toEqual(
          before.map((char, i) => (!whole && (i < first || i >= before.length - last) ? char : character)),
        );
      },
    ),
    { numRuns: 500 },
  );
});

it('keeps NULL and the empty text', () => {
  const { texts, flags } = applyMask(partial, [null, '', '0123456789'], { options: { keepLast: 4 } });
  expect(texts).toEqual([null, '', '******6789']);
  expect(flags).toEqual([CELL_NULL, 0, CELL_PLAIN]);
});

it('flags exactly what the plain rule says of its result', () => {
  const values = ['0123456789', '0,1,2,3,4,', 'ab"cd"ef', 'äöüßäöüß', 'ends in a blank '];
  const { flags, ranges } = applyMask(partial, values, { options: { keepLast: 2 } });
  expect(flags).toEqual(ranges.map((range) => (isPlainRange(range, 0, range.length) ? CELL_PLAIN : 0)));
});

it('masks values of megabytes', () => {
  const value = `${'é\\'.repeat(700_000)}tail`;
  expect(applyMask(partial, [value], { options: { keepLast: 4 }, escaped: true }).texts).toEqual([
    `${'*'.repeat(1_400_000)}tail`,
  ]);
});

it('fits text of any length and no other type', () => {
  const options = partial.options.parse({ keepFirst: 1 });
  expect(partial.fit(readColumn(textOf(3), false), options)).toEqual({ ok: true, type: textOf(3), nullable: false });
  expect(partial.fit(readColumn(TEXT), options).ok).toBe(true);
  for (const kind of ['boolean', 'date', 'json', 'interval'] as const) {
    expect(partial.fit(readColumn({ kind }), options).ok).toBe(false);
  }
});

it('needs something to keep and one visible covering character', () => {
  const accepts = (options: object): boolean => partial.options.safeParse(options).success;
  expect(accepts({ keepLast: 4 })).toBe(true);
  expect(accepts({ keepLast: 4, character: '\u{1f600}' })).toBe(true);
  for (const wrong of [{}, { keepFirst: 0 }, { keepLast: -1 }, { keepLast: 1.5 }, { keepLast: '4' }]) {
    expect(accepts(wrong)).toBe(false);
  }
  for (const character of ['', '**', ' ', '\n', '\u0301', '\ud800', 'e\u0301']) {
    expect(accepts({ keepLast: 4, character })).toBe(false);
  }
});
