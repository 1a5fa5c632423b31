import { isUtf8 } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Check } from '../../../src-main/formats/kit/utf8-check.ts';

describe('Utf8Check', () => {
  it('says of blocks what the platform says of the whole', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(
        ...['f09fa684', 'e282ac', 'c3a9', 'c0af', 'eda080', 'f4908080', 'f0', 'e282'].map((hex) =>
          Buffer.from(hex, 'hex'),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 7 }), (pieces, blockBytes) => {
        const bytes = Buffer.concat(pieces);
        const check = new Utf8Check();
        let isValid = true;
        for (let i = 0; i < bytes.length && isValid; i += blockBytes) {
          isValid = check.push(bytes.subarray(i, i + blockBytes));
        }
        expect(isValid && check.isComplete()).toBe(isUtf8(bytes));
      }),
      { numRuns: 3000 },
    );
  });
});
