import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinaryLongRow } from '../../../../src-main/connectors/postgres/binary-long-row.ts';
import type { CellEncoding } from '../../../../src-main/ports/kernel.ts';
import { binaryPayload, int16, int64, numeric, type BinaryRow } from '../../engine/kernels/binary-wire.ts';

const ENCODINGS: readonly CellEncoding[] = ['text', 'bytes', 'json', 'int64', 'numeric', 'timestamp', 'text'];
const isUtc = ENCODINGS.map((encoding) => encoding === 'timestamp');
const ROW: BinaryRow = [
  ...[Buffer.from('a\tb\\c\nd\re\bf\vg\fé'), Uint8Array.of(0, 255, 16), Buffer.from('\u0001{"a": "\\n"}')],
  ...[int64(-5n), numeric([1, 5000], 0, 2), int64(0n), null],
];
const TEXT = 'a\\tb\\\\c\\nd\\re\\bf\\vg\\fé\t\\\\x00ff10\t{"a": "\\\\n"}\t-5\t1.50\t2000-01-01 00:00:00+00\t\\N\n';

function textOf(payload: Uint8Array, cuts: readonly number[], encodings = ENCODINGS): string {
  const row = new BinaryLongRow(encodings, isUtc);
  const places = [0, ...cuts.map((cut) => cut % (payload.length + 1)), payload.length].sort((a, b) => a - b);
  const parts = places.slice(1).flatMap((end, i) => {
    const piece = payload.subarray(places[i] ?? 0, end);
    return Array.from(row.textOf(piece, i === places.length - 2), (part) => Buffer.from(part));
  });
  return Buffer.concat(parts).toString();
}

describe('a long row of COPY BINARY', () => {
  it('is the COPY text of its values, wherever pieces end', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 10 }), (cuts) => {
        expect(textOf(binaryPayload(ROW), cuts)).toBe(TEXT);
      }),
    );
  });

  it('comes in portions, the end of the row in the last', () => {
    const row = new BinaryLongRow(['text', 'text'], [false, false]);
    const payload = binaryPayload([Buffer.alloc(3_000_000, '\n'), Buffer.alloc(2_000_000, 'x')]);
    const parts = Array.from(row.textOf(payload, true), (part) => Buffer.from(part));
    expect(parts.length).toBeGreaterThan(5);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(1024 * 1024);
    expect(parts.map((part) => part.indexOf(0x0a) + 1 === part.length)).toEqual(
      parts.map((_, i) => i === parts.length - 1),
    );
    expect(parts.reduce((sum, { length }) => sum + length, 0)).toBe(8_000_002);
  });

  it.each<[string, Uint8Array]>([
    ['too few cells', binaryPayload(ROW.slice(1))],
    ['too many bytes', Buffer.concat([binaryPayload(ROW), Buffer.of(1)])],
    ['too few bytes', binaryPayload(ROW).subarray(0, 60)],
    ['a negative length', Buffer.concat([int16(7), int16(-1, -2)])],
    ['an int of three bytes', binaryPayload([null, null, null, Buffer.alloc(3), null, null, null])],
    ['an endless numeric', Buffer.concat([int16(7), ...[1, 2, 3, 4].map(() => int16(-1, -1)), int16(0x7fff, 0)])],
    ['a numeric of another length', binaryPayload([null, null, null, null, int16(5, 0, 0, 0), null, null])],
  ])('is refused with %s', (_, payload) => {
    expect(() => textOf(payload, [])).toThrow(expect.objectContaining({ code: 'SOURCE/PROTOCOL' }));
  });
});
