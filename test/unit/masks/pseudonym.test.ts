import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pseudonym } from '../../../src-main/masks/pseudonym/pseudonym.ts';
import { deriveKey } from '../../../src-main/masks/pseudonym/derive-key.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { fromHex, toHex } from '../../../src-shared/util/hex.ts';
import { CELL_NULL, CELL_PLAIN } from '../../../src-shared/model/row-batch.ts';
import { applyMask, batchColumn, keyFor, readColumn, TEXT, textOf } from './apply-mask.ts';

interface Vector {
  readonly name: string;
  readonly master: string;
  readonly domain: string;
  readonly class: string;
  readonly normalize: readonly ('nfc' | 'trim' | 'lower')[];
  readonly key: string;
  readonly value: string;
  readonly token: string;
}

const file = new URL('../../vectors/masks/pseudonym.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

/** The token by another way: node:crypto, and base32 through a BigInt. */
function referenceToken(vector: Vector): string {
  const info = Buffer.concat(
    [vector.domain, vector.class, 'v1'].flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(part));
      return [length, Buffer.from(part)];
    }),
  );
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(vector.master, 'hex'), '', info, 32));
  const steps = new Set(vector.normalize);
  let value = vector.value;
  if (steps.has('nfc')) value = value.normalize('NFC');
  if (steps.has('trim')) value = value.trim();
  if (steps.has('lower')) value = value.toLowerCase();
  const code = BigInt(`0x${createHmac('sha256', key).update(value).digest('hex')}`);
  const groups = Array.from({ length: 26 }, (_, i) => Number((code >> BigInt(251 - 5 * i)) & 31n));
  return groups.map((group) => 'abcdefghijklmnopqrstuvwxyz234567'[group]).join('');
}

function tokensOf(values: readonly (string | null)[], options: object, escaped = false): readonly (string | null)[] {
  return applyMask(pseudonym, values, { options, context: keyFor('person.email'), escaped }).texts;
}

const EMAIL = { class: 'person.email' };

describe('the vectors', () => {
  it.each(vectors)('hold for $name', (vector) => {
    const master = fromHex(vector.master) ?? new Uint8Array();
    expect(toHex(deriveKey({ master, domain: vector.domain, class: vector.class }))).toBe(vector.key);
    const options = { class: vector.class, normalize: vector.normalize };
    const context = { pseudonym: { master, domain: vector.domain, class: vector.class } };
    for (const escaped of [false, true]) {
      expect(applyMask(pseudonym, [vector.value], { options, context, escaped }).texts).toEqual([vector.token]);
    }
    expect(referenceToken(vector)).toBe(vector.token);
  });

  it('keep apart domains and classes that run together', () => {
    const byName = new Map(vectors.map((vector) => [vector.name, vector.token]));
    expect(byName.get('parts that run together without their lengths, 1')).not.toBe(
      byName.get('parts that run together without their lengths, 2'),
    );
  });
});

it('equals node:crypto for any value, key, domain and class', () => {
  const hex32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const word = fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z]{1,8})?$/);
  const steps = fc.subarray<'nfc' | 'trim' | 'lower'>(['nfc', 'trim', 'lower']);
  fc.assert(
    fc.property(hex32, text, word, text, steps, fc.boolean(), (master, domain, meaning, value, normalize, escaped) => {
      const context = { pseudonym: { master, domain, class: meaning } };
      const options = { class: meaning, normalize };
      const vector = { name: '', key: '', token: '', master: toHex(master), domain, class: meaning, normalize, value };
      expect(applyMask(pseudonym, [value], { options, context, escaped }).texts).toEqual([referenceToken(vector)]);
    }),
    { numRuns: 300 },
  );
});

it('gives equal values one token, in every row, batch and kernel', () => {
  const [a, b, c] = tokensOf(['x@y.example', 'z@y.example', 'x@y.example'], EMAIL);
  expect(a).toBe(c);
  expect(a).not.toBe(b);
  expect(tokensOf(['x@y.example'], EMAIL)).toEqual([a]);
});

it('gives the empty text a token and keeps NULL', () => {
  const { texts, flags } = applyMask(pseudonym, ['', null, ''], { options: EMAIL, context: keyFor('person.email') });
  expect(texts[0]).toMatch(/^[a-z2-7]{26}$/);
  expect(texts).toEqual([texts[0], null, texts[0]]);
  expect(flags).toEqual([CELL_PLAIN, CELL_NULL, CELL_PLAIN]);
});

it('takes values far longer than a batch block', () => {
  const long = 'long \u{1f600} \\ value\n'.repeat(120_000);
  const [plain, again] = tokensOf([long, `${long}!`], EMAIL);
  expect(tokensOf([long, `${long}!`], EMAIL, true)).toEqual([plain, again]);
  expect(plain).not.toBe(again);
});

it('tells apart what normalisation would unite, unless it is asked for', () => {
  const spellings = ['Zoë@x.example', 'Zoe\u0308@x.example', ' ZOË@x.example'];
  expect(new Set(tokensOf(spellings, EMAIL)).size).toBe(3);
  expect(new Set(tokensOf(spellings, { ...EMAIL, normalize: ['nfc', 'trim', 'lower'] })).size).toBe(1);
});

it('refuses to normalise bytes that are not UTF-8 instead of giving two of them one token', () => {
  const column = batchColumn('subject', { kind: 'bytes', maxBytes: null }, 'raw');
  const options = { ...EMAIL, normalize: ['lower'] };
  expect(() => applyMask(pseudonym, ['ff41'], { options, column, context: keyFor('person.email') })).toThrow(
    expect.objectContaining({ code: 'SOURCE/VALUE_UNREPRESENTABLE' }),
  );
});

it('has no kernel without a key, for another class than its own, or from a short master', () => {
  const column = batchColumn('subject', TEXT);
  const options = pseudonym.options.parse(EMAIL);
  const code = (context: Parameters<typeof pseudonym.kernel>[2]): unknown => {
    try {
      return pseudonym.kernel(column, options, context);
    } catch (error) {
      return isAppError(error) ? error.code : error;
    }
  };
  expect(code({})).toBe('MASK/KEY_MISSING');
  expect(code(keyFor('person.name'))).toBe('APP/INVARIANT');
  expect(code(keyFor('person.email', 'crm', new Uint8Array(31)))).toBe('APP/INVARIANT');
});

it('fits text of at least 26 characters and nothing else', () => {
  const options = pseudonym.options.parse(EMAIL);
  expect(pseudonym.fit(readColumn(textOf(26), false), options)).toEqual({
    ok: true,
    type: textOf(26),
    nullable: false,
  });
  expect(pseudonym.fit(readColumn(TEXT), options)).toEqual({ ok: true, type: TEXT, nullable: true });
  expect(pseudonym.fit(readColumn(textOf(36)), options).ok).toBe(true);
  expect(pseudonym.fit(readColumn(textOf(25)), options).ok).toBe(false);
  expect(pseudonym.fit(readColumn({ kind: 'int', bits: 64, signed: true }), options).ok).toBe(false);
  expect(pseudonym.fit(readColumn({ kind: 'json' }), options).ok).toBe(false);
});

it('takes a class of lower-case words and each normalisation step once', () => {
  const accepts = (options: object): boolean => pseudonym.options.safeParse(options).success;
  expect(accepts({ class: 'person.email' })).toBe(true);
  expect(accepts({ class: 'person.email', normalize: ['lower', 'nfc'] })).toBe(true);
  for (const wrong of [{}, { class: '' }, { class: 'Person' }, { class: 'a..b' }, { class: 'a b' }]) {
    expect(accepts(wrong)).toBe(false);
  }
  expect(accepts({ class: 'a', normalize: ['lower', 'lower'] })).toBe(false);
  expect(accepts({ class: 'a', normalize: ['upper'] })).toBe(false);
});
