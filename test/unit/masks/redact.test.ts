import { expect, it } from 'vitest';
import { redact } from '../../../src-main/masks/redact/redact.ts';
import { CELL_NULL, CELL_PLAIN } from '../../../src-shared/model/row-batch.ts';
import { applyMask, readColumn, TEXT, textOf } from './apply-mask.ts';

it('puts one text in place of every value and keeps NULL', () => {
  const values = ['Ada', null, '', 'مرحبا', '\u{1f469}\u200d\u{1f4bb}', 'a\tb\\', 'x'.repeat(3_000_000)];
  for (const escaped of [false, true]) {
    const { texts, flags } = applyMask(redact, values, { options: {}, escaped });
    expect(texts).toEqual(values.map((value) => (value === null ? null : 'REDACTED')));
    expect(flags).toEqual(values.map((value) => (value === null ? CELL_NULL : CELL_PLAIN)));
  }
});

it('writes a text of its own choice as it is, and does not call it plain when it is not', () => {
  const { texts, flags } = applyMask(redact, ['Ada', 'Bob'], { options: { text: '«weg», \\t' }, escaped: true });
  expect(texts).toEqual(['«weg», \\t', '«weg», \\t']);
  expect(flags).toEqual([0, 0]);
});

it('fits text that is long enough, counted in characters', () => {
  const fits = (text: string, maxCharacters: number): boolean =>
    redact.fit(readColumn(textOf(maxCharacters)), redact.options.parse({ text })).ok;
  expect(fits('REDACTED', 8)).toBe(true);
  expect(fits('REDACTED', 7)).toBe(false);
  expect(fits('\u{1f512}\u{1f512}', 2)).toBe(true);
  expect(fits('\u{1f512}\u{1f512}', 1)).toBe(false);
  const options = redact.options.parse({});
  expect(redact.fit(readColumn(TEXT, false), options)).toEqual({ ok: true, type: TEXT, nullable: false });
  expect(redact.fit(readColumn({ kind: 'bytes', maxBytes: null }), options).ok).toBe(false);
  expect(redact.fit(readColumn({ kind: 'array', of: TEXT }), options).ok).toBe(false);
});

it('refuses texts that no database takes', () => {
  for (const text of ['', 'a\0b', '\ud800']) expect(redact.options.safeParse({ text }).success).toBe(false);
});
