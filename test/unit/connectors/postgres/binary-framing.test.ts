import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchPool } from '../../../../src-main/connectors/kit/batch-pool.ts';
import { BinaryFraming, LONG_BINARY_ROW } from '../../../../src-main/connectors/postgres/binary-framing.ts';
import { PIECE_HEADROOM } from '../../../../src-main/connectors/postgres/copy-split-long.ts';
import type { PieceSize } from '../../../../src-main/ports/connector.ts';
import type { RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { batchSchema } from '../../../fakes/batch-schema.ts';
import { binaryPayload, int16, rowMessage } from '../../engine/kernels/binary-wire.ts';

const SCHEMA = batchSchema([['c', 'text']]);
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const END = rowMessage(int16(-1));
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x54]);

const number = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const head = ({ flags = 0, extension = Buffer.alloc(0) } = {}): Buffer =>
  Buffer.concat([SIGNATURE, number(flags), number(extension.length), extension]);
const rowOf = (text: string): Buffer => binaryPayload([Buffer.from(text)]);

interface Framed {
  /** Blocks of whole rows, and long rows put together again, in order. */
  readonly parts: readonly Buffer[];
  readonly sizes: readonly { readonly rows: number; readonly bytes: number }[];
  readonly messages: readonly string[];
  readonly rows: number;
  readonly isWhole: boolean;
}

function frame(chunks: readonly Buffer[], pieces: PieceSize | null = null, blockBytes = 1024 * 1024): Framed {
  const parts: Buffer[] = [];
  const sizes: { rows: number; bytes: number }[] = [];
  const messages: string[] = [];
  let long: Buffer[] = [];
  const block = (batch: RowBatch): void => {
    if (batch.fragment) {
      long.push(Buffer.from(batch.bytes.subarray(PIECE_HEADROOM, batch.tail)));
      if (batch.rows === 1) parts.push(Buffer.concat(long.splice(0)));
    } else {
      parts.push(Buffer.from(batch.bytes.subarray(0, batch.tail)));
      sizes.push({ rows: batch.rows, bytes: batch.tail });
    }
    batch.release();
  };
  const pool = new BatchPool(SCHEMA, { blockBytes: blockBytes + 64, cells: 0 });
  const framing = new BinaryFraming(
    pool,
    { blockBytes, pieces },
    {
      block,
      message: (bytes) => messages.push(String.fromCharCode(bytes[0] ?? 0)),
    },
  );
  for (const chunk of chunks) framing.push(chunk);
  framing.flush();
  long = [];
  return { parts, sizes, messages, rows: framing.rows, isWhole: framing.isWhole };
}

/** The stream cut where the numbers say. */
function cutAt(stream: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => stream.subarray(places[i] ?? 0, end));
}

describe('rows of COPY BINARY off the wire', () => {
  it('are the same wherever pieces of the stream end, and whether the head comes alone or with a row', () => {
    const text = fc.string({ maxLength: 60 });
    const given = fc.tuple(fc.array(text, { maxLength: 30 }), fc.boolean(), fc.array(fc.nat(5000), { maxLength: 12 }));
    fc.assert(
      fc.property(given, ([rows, alone, cuts]) => {
        const first = alone || rows.length === 0 ? [rowMessage(head({ extension: Buffer.from('abc') }))] : [];
        const bodies = rows.map((row, i) => (i === 0 && !alone ? Buffer.concat([head(), rowOf(row)]) : rowOf(row)));
        const stream = Buffer.concat([...first, ...bodies.map(rowMessage), END, READY]);
        const made = frame(cutAt(stream, cuts));
        expect(Buffer.concat(made.parts)).toEqual(Buffer.concat(rows.map((row) => rowMessage(rowOf(row)))));
        expect(made).toMatchObject({ rows: rows.length, isWhole: true, messages: ['Z'] });
      }),
    );
  });

  it('may be none: head and end in one message', () => {
    const made = frame([rowMessage(Buffer.concat([head(), int16(-1)])), READY]);
    expect(made).toMatchObject({ parts: [], rows: 0, isWhole: true });
  });

  it('come in blocks that are not overfull, and in the pieces asked for', () => {
    const rows = Array.from({ length: 50 }, (_, i) => rowMessage(rowOf(`row ${i}`)));
    const stream = Buffer.concat([rowMessage(head()), ...rows, END]);
    expect(frame([stream], null, 100).sizes.every(({ bytes }) => bytes <= 100)).toBe(true);
    expect(frame([stream], { rows: 7, bytes: Infinity }).sizes.map(({ rows: each }) => each)).toEqual([
      ...Array.from({ length: 7 }, () => 7),
      1,
    ]);
    expect(frame(cutAt(stream, [30, 41, 500]), { rows: Infinity, bytes: 1 }).sizes).toHaveLength(50);
  });

  it('come in pieces where they are long, between rows that are not', () => {
    const long = rowOf('x'.repeat(3 * 1024 * 1024));
    const edge = rowOf('y'.repeat(LONG_BINARY_ROW - 6));
    const stream = Buffer.concat([
      rowMessage(head()),
      ...[rowOf('a'), long, edge, long, rowOf('b')].map(rowMessage),
      END,
    ]);
    const made = frame(cutAt(stream, [1_000_000, 2_000_003, 3_000_000, 4_444_444]));
    expect(made.parts.map((part) => part.length)).toEqual([
      ...[rowMessage(rowOf('a')).length, long.length, rowMessage(edge).length, long.length],
      rowMessage(rowOf('b')).length,
    ]);
    expect(made.parts[1]?.equals(long)).toBe(true);
    expect(made).toMatchObject({ rows: 5, isWhole: true });
  });

  it('are not whole without their end', () => {
    expect(frame([rowMessage(head()), rowMessage(rowOf('a'))]).isWhole).toBe(false);
    expect(frame([READY]).isWhole).toBe(false);
  });

  it.each<[string, Buffer]>([
    ['no signature', rowMessage(Buffer.alloc(19))],
    ['COPY text', rowMessage(Buffer.from('1\tone of some length\n'))],
    ['a head that is cut off', rowMessage(head().subarray(0, 10))],
    ['a critical flag', rowMessage(head({ flags: 0x10000 }))],
    ['an extension longer than its message', rowMessage(Buffer.concat([SIGNATURE, number(0), number(5)]))],
    ['an endless extension', rowMessage(Buffer.concat([SIGNATURE, number(0), number(0xffffffff)]))],
    ['a row behind the end', Buffer.concat([rowMessage(head()), END, rowMessage(rowOf('a'))])],
    ['two ends', Buffer.concat([rowMessage(head()), END, END])],
    ['an end that is none', Buffer.concat([rowMessage(head()), rowMessage(int16(1))])],
    ['a row of three bytes', Buffer.concat([rowMessage(head()), rowMessage(Buffer.alloc(3))])],
    ['a message without a length', Buffer.concat([rowMessage(head()), Buffer.from([0x64, 0, 0, 0, 0])])],
    ['a message of a negative length', Buffer.concat([rowMessage(head()), Buffer.from([0x64, 0x80, 0, 0, 0])])],
    ['another message of a negative length', Buffer.from([0x4e, 0xff, 0, 0, 0])],
  ])('are refused with %s', (_, stream) => {
    const refused = expect.objectContaining({ code: 'SOURCE/PROTOCOL' });
    expect(() => frame([stream])).toThrow(refused);
    expect(() => frame(Array.from(stream, (byte) => Buffer.of(byte)))).toThrow(refused);
  });
});
