import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Utf16Writer } from '../../../../src-main/connectors/sqlserver/utf16.ts';

/** What the pieces come to, and whether half a surrogate pair was among them. */
function written(pieces: readonly Buffer[]): { readonly text: string; readonly broken: boolean } {
  const writer = new Utf16Writer();
  const out: Buffer[] = [];
  writer.begin();
  for (const piece of pieces) {
    // In the middle of other bytes, as on the wire.
    writer.piece(Buffer.concat([Buffer.alloc(3, 0xff), piece, Buffer.alloc(3, 0xff)]), 3, 3 + piece.length);
    const bytes = Buffer.from(writer.bytes.subarray(0, writer.length));
    // No piece ends within a character.
    expect(Buffer.from(bytes.toString()).equals(bytes)).toBe(true);
    out.push(bytes);
  }
  writer.finish();
  out.push(Buffer.from(writer.bytes.subarray(0, writer.length)));
  return { text: Buffer.concat(out).toString(), broken: writer.broken };
}

it('turns any text into UTF-8 however it is torn apart, and tells half a surrogate pair', () => {
  const unit = fc.constantFrom('a', 'z', 'é', 'Ж', '配', '\uffff', '🦄', '\ud83e', '\udd84', '\u0000');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), fc.array(fc.nat(90), { maxLength: 6 }), (units, cuts) => {
      const text = units.join('');
      const bytes = Buffer.from(text, 'utf16le');
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const pieces = places.slice(1).map((place, i) => bytes.subarray(places[i], place));
      expect(written(pieces)).toEqual({ text: text.toWellFormed(), broken: !text.isWellFormed() });
    }),
    { numRuns: 1000 },
  );
});

it('takes a lone byte at the end for what it is', () => {
  expect(written([Buffer.from('a\0b', 'latin1')])).toEqual({ text: 'a\ufffd', broken: true });
});
