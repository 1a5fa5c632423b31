import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { HmacSha256 } from '../../../src-main/masks/pseudonym/hmac-sha256.ts';

function hexOf(words: Readonly<Int32Array>): string {
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function reference(key: Uint8Array, message: Uint8Array): string {
  return createHmac('sha256', key).update(message).digest('hex');
}

const key = Uint8Array.from({ length: 32 }, (_, i) => 7 * i + 3);

it('equals node:crypto for every length from 0 to 300', () => {
  const hmac = new HmacSha256(key);
  const message = Uint8Array.from({ length: 300 }, (_, i) => (i * 131 + 17) & 255);
  for (let length = 0; length <= 300; length++) {
    expect(hexOf(hmac.code(message, 0, length)), `length ${length}`).toBe(reference(key, message.subarray(0, length)));
  }
});

it('equals node:crypto for any key up to a block, any bytes and any place in a buffer', () => {
  const anyBytes = fc.uint8Array({ maxLength: 500 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), anyBytes, fc.nat(9), (anyKey, message, offset) => {
      const buffer = new Uint8Array(offset + message.length + 5).fill(0xee);
      buffer.set(message, offset);
      const code = new HmacSha256(anyKey).code(buffer, offset, offset + message.length);
      expect(hexOf(code)).toBe(reference(anyKey, message));
    }),
    { numRuns: 400 },
  );
});

it('equals node:crypto for messages of a mebibyte, one after the other', () => {
  const hmac = new HmacSha256(key);
  for (const length of [2 ** 20 - 9, 2 ** 20, 2 ** 20 + 1]) {
    const message = Uint8Array.from({ length }, (_, i) => (i * i + length) & 255);
    expect(hexOf(hmac.code(message, 0, length))).toBe(reference(key, message));
  }
});

it('gives the test vectors of RFC 4231 whose keys fit a block', () => {
  const hmac = new HmacSha256(new Uint8Array(20).fill(0x0b));
  const message = new TextEncoder().encode('Hi There');
  expect(hexOf(hmac.code(message, 0, message.length))).toBe(
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
  const jefe = new HmacSha256(new TextEncoder().encode('Jefe'));
  const question = new TextEncoder().encode('what do ya want for nothing?');
  expect(hexOf(jefe.code(question, 0, question.length))).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

it('refuses a key longer than a block', () => {
  expect(() => new HmacSha256(new Uint8Array(65))).toThrow(RangeError);
});
