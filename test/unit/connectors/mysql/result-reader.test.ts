import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogicalType } from '../../../../src-shared/model/logical-type.ts';
import { BYTES, collect, columnsOf, pieces, readerOf, TEXT } from './collect.ts';
import {
  columnPayload,
  EOF_PAYLOAD,
  errorPayload,
  join,
  lengthInteger,
  lengthText,
  OK_AS_EOF_PAYLOAD,
  PacketStream,
  rowPayload,
  type Cell,
} from './packets.ts';
import { payloadsOf } from '../../../fakes/mysql-packets.ts';

const MIB = 1024 * 1024;
const INT: LogicalType = { kind: 'int', bits: 64, signed: true };
const LOCAL: LogicalType = { kind: 'timestamp', digits: 6, zone: 'none' };
const UTC: LogicalType = { kind: 'timestamp', digits: 6, zone: 'utc' };
const FLOAT: LogicalType = { kind: 'float', bits: 32 };

function head(columns: number, sequence = 1): PacketStream {
  const names = Array.from({ length: columns }, (_, i) => columnPayload({ name: `c${i}` }));
  return new PacketStream(sequence).add(lengthInteger(columns), ...names, EOF_PAYLOAD);
}

function result(columns: number, rows: readonly (readonly Cell[])[]): Uint8Array {
  return head(columns)
    .add(...rows.map(rowPayload), EOF_PAYLOAD)
    .bytes();
}

describe('result reader', () => {
  const rows: readonly (readonly Cell[])[] = [
    ['1', 'a,b', null],
    ['', 'é🐘', 'x'.repeat(300)],
    [null, null, null],
    ['-9223372036854775808', "it's", ''],
  ];

  it('gives the same cells wherever the bytes are divided', () => {
    const bytes = result(3, rows);
    for (let at = 1; at < bytes.length; at++) {
      const reader = readerOf(columnsOf(TEXT, TEXT, TEXT));
      const got = collect(reader, [bytes.subarray(0, at), bytes.subarray(at)]);
      expect(got.texts).toEqual(rows);
      expect(reader.ended).toBe(true);
    }
    for (const size of [1, 2, 3, 5, 7]) {
      expect(collect(readerOf(columnsOf(TEXT, TEXT, TEXT)), pieces(bytes, size)).texts).toEqual(rows);
    }
  });

  it('knows the end of the rows under both rules for it', () => {
    const names = [columnPayload({ name: 'c0', extended: 'uuid' })];
    const bytes = new PacketStream().add(lengthInteger(1), ...names, rowPayload(['a']), OK_AS_EOF_PAYLOAD).bytes();
    const reader = readerOf(columnsOf(TEXT), { rules: { deprecateEof: true, extendedMetadata: true } });
    expect(collect(reader, pieces(bytes, 4)).texts).toEqual([['a']]);
    expect(reader.ended).toBe(true);
    expect(reader.columns[0]).toMatchObject({ name: 'c0', extendedType: 'uuid' });
  });

  it('respells timestamps and floats in place, and never beyond their own bytes', () => {
    const cells = ['2024-05-06 07:08:09.123456', '2024-05-06 07:08:09', '0000-00-00 00:00:00', '0.10000000149011612'];
    const bytes = result(5, [
      [...cells, '7'],
      [null, '1999-12-31 23:59:59.5', null, '16777216', null],
    ]);
    for (const size of [1, 10, 1000]) {
      expect(collect(readerOf(columnsOf(LOCAL, UTC, UTC, FLOAT, INT)), pieces(bytes, size)).texts).toEqual([
        ['2024-05-06T07:08:09.123456', '2024-05-06T07:08:09Z', '0000-00-00T00:00:00Z', '0.1', '7'],
        [null, '1999-12-31T23:59:59.5Z', null, '16777216', null],
      ]);
    }
  });

  it('gives wire blocks: the rows one after the other, in their packets', () => {
    const many = Array.from({ length: 40_000 }, (_, i): Cell[] => [String(i), i % 3 === 0 ? null : `row ${i}`]);
    const bytes = result(2, many);
    const reader = readerOf(columnsOf(TEXT, TEXT), { wire: true });
    const blocks: Uint8Array[] = [];
    let count = 0;
    for (const chunk of pieces(bytes, 10_007)) {
      reader.push(chunk);
      for (let batch = reader.shift(); batch !== undefined; batch = reader.shift()) {
        expect(batch.cells).toBe(0);
        blocks.push(batch.bytes.slice(0, batch.tail));
        count += batch.rows;
        batch.release();
      }
    }
    expect(count).toBe(many.length);
    expect(Buffer.concat(payloadsOf(Buffer.concat(blocks))).equals(join(many.map(rowPayload)))).toBe(true);
  });

  it('keeps every cell across many blocks, with blocks used again', () => {
    const many = Array.from({ length: 30_000 }, (_, i): Cell[] => [String(i), 'y'.repeat(i % 200), null]);
    const got = collect(readerOf(columnsOf(INT, TEXT, TEXT)), pieces(result(3, many), 65_536));
    expect(got.texts).toEqual(many);
    expect(got.fragments).toBe(0);
  });

  it('divides rows of nothing but NULL before they fill memory with cells', () => {
    const width = 1000;
    const nulls = Array.from({ length: 400 }, (): Cell[] => Array.from({ length: width }, () => null));
    const reader = readerOf(columnsOf(...Array.from({ length: width }, () => TEXT)));
    reader.push(result(width, nulls));
    expect(reader.ready).toBeGreaterThan(2);
    for (let batch = reader.shift(); batch !== undefined; batch = reader.shift()) {
      expect(batch.cells).toBeLessThanOrEqual(200_000);
      batch.release();
    }
  });

  it.each([MIB - 1, MIB, MIB + 1, 3 * MIB, 0xffffff - 20, 0xffffff - 4, 0xffffff, 0xffffff + 1, 40 * MIB])(
    'carries a value of %i bytes exactly',
    (size) => {
      const text = Buffer.alloc(size, 'é🐘x');
      // What alloc tore at the end becomes ASCII, so that the value is UTF-8.
      text.fill('z', Math.max(0, size - 8));
      for (let i = size - 9; i >= 0 && i > size - 16 && (text[i] ?? 0) >= 0x80; i--) text[i] = 0x7a;
      const values: Cell[] = ['before', text, null, '2024-05-06 07:08:09', 'after'];
      const types = columnsOf(TEXT, TEXT, TEXT, UTC, TEXT);
      const bytes = result(5, [values, ['next', 'n', 'n', null, 'n']]);
      for (const chunk of [65_536, 1_000_003]) {
        const got = collect(readerOf(types), pieces(bytes, chunk));
        expect(got.rows).toHaveLength(2);
        const [before, value, none, at, after] = got.rows[0] ?? [];
        expect([before, at, after].map((cell) => Buffer.from(cell ?? []).toString())).toEqual([
          'before',
          '2024-05-06T07:08:09Z',
          'after',
        ]);
        expect(none).toBeNull();
        expect(Buffer.from(value ?? []).equals(text)).toBe(true);
        expect(got.fragments).toBe(size < MIB - 60 ? 0 : got.fragments);
        if (size > 2 * MIB) expect(got.fragments).toBeGreaterThanOrEqual(Math.floor(size / (MIB + 65_536)));
      }
    },
  );

  it('never cuts a value of 1 MiB, whatever stands around it', () => {
    const big = new Uint8Array(MIB).fill(0x61);
    const values: Cell[] = [big, big, null, big, 'x', big];
    const got = collect(readerOf(columnsOf(BYTES, TEXT, TEXT, TEXT, TEXT, BYTES)), pieces(result(6, [values]), 70_001));
    expect(got.rows[0]?.map((cell) => cell?.length ?? null)).toEqual([MIB, MIB, null, MIB, 1, MIB]);
  });

  it('gives long rows as fragments in wire reads too, in order', () => {
    const long = 'l'.repeat(2 * MIB);
    const bytes = result(1, [['a'], [long], ['b']]);
    const reader = readerOf(columnsOf(TEXT), { wire: true });
    const kinds: string[] = [];
    for (const chunk of pieces(bytes, 50_000)) {
      reader.push(chunk);
      for (let batch = reader.shift(); batch !== undefined; batch = reader.shift()) {
        kinds.push(batch.fragment ? 'fragment' : 'rows');
        batch.release();
      }
    }
    expect(kinds).toEqual(['rows', 'fragment', 'fragment', 'rows']);
  });

  it('holds for any rows, divided anywhere', () => {
    const cell = fc.option(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ minLength: 250, maxLength: 260 })),
    );
    const table = fc.array(fc.tuple(cell, cell), { maxLength: 60 });
    fc.assert(
      fc.property(
        table,
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 20 }),
        (values, sizes) => {
          const bytes = result(2, values);
          const chunks: Uint8Array[] = [];
          for (let from = 0, i = 0; from < bytes.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            chunks.push(bytes.subarray(from, from + size));
            from += size;
          }
          expect(collect(readerOf(columnsOf(TEXT, TEXT)), chunks).texts).toEqual(values);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('wraps packet numbers at 256, also from a request of several packets on', () => {
    const many = Array.from({ length: 700 }, (_, i): Cell[] => [String(i)]);
    const bytes = head(1, 3)
      .add(...many.map(rowPayload), EOF_PAYLOAD)
      .bytes();
    expect(collect(readerOf(columnsOf(TEXT), { sequence: 3 }), pieces(bytes, 999)).texts).toEqual(many);
  });

  it('takes an answer without rows, and an error before and between rows', () => {
    const ok = readerOf([]);
    ok.push(new PacketStream().add(Uint8Array.of(0, 0, 0, 2, 0, 0, 0)).bytes());
    expect([ok.ended, ok.failure]).toEqual([true, null]);
    const refused = readerOf([]);
    refused.push(new PacketStream().add(errorPayload(1146, '42S02', "Table 'a.b' doesn't exist")).bytes());
    expect(refused.failure).toMatchObject({ errno: 1146, sqlState: '42S02' });
    const broken = readerOf(columnsOf(TEXT));
    const bytes = head(1)
      .add(rowPayload(['a']), errorPayload(1317, '70100', 'Query execution was interrupted'))
      .bytes();
    expect(collect(broken, pieces(bytes, 6)).texts).toEqual([['a']]);
    expect([broken.ended, broken.failure?.errno]).toEqual([true, 1317]);
  });

  it('refuses a request for a file of this machine', () => {
    const request = new PacketStream()
      .add(join([Uint8Array.of(0xfb), new TextEncoder().encode('/etc/passwd')]))
      .bytes();
    expect(() => readerOf([]).push(request)).toThrow(expect.objectContaining({ code: 'SOURCE/PROTOCOL' }));
  });

  const two = columnsOf(TEXT, TEXT);
  const row = rowPayload(['a', 'b']);
  const long = new Uint8Array(MIB + 10).fill(0x61);
  it.each<readonly [string, Uint8Array]>([
    ['a packet out of order', join([head(2).bytes(), new PacketStream(9).add(row).bytes()])],
    [
      'a row with a cell too few',
      head(2)
        .add(rowPayload(['a']))
        .bytes(),
    ],
    [
      'a row with a cell too many',
      head(2)
        .add(rowPayload(['a', 'b', 'c']))
        .bytes(),
    ],
    [
      'a cell that runs over its packet',
      head(2)
        .add(Uint8Array.of(1, 0x61, 200, 0x62))
        .bytes(),
    ],
    ['an empty row', head(2).add(new Uint8Array()).bytes()],
    ['bytes behind the end', head(2).add(row, EOF_PAYLOAD, row).bytes()],
    [
      'an impossible length',
      head(2)
        .add(Uint8Array.of(1, 0x61, 0xfe, 1, 0, 0, 0, 0, 0, 0, 0, 0x62))
        .bytes(),
    ],
    ['a long row with a cell too few', head(2).add(lengthText(long)).bytes()],
    [
      'a long row with a cell too many',
      head(2)
        .add(rowPayload([long, 'b', 'c']))
        .bytes(),
    ],
    [
      'a long row that ends inside a cell',
      head(2)
        .add(lengthText(long).subarray(0, MIB + 8))
        .bytes(),
    ],
    ['a column more than was asked for', head(3).add(row).bytes()],
    [
      'a timestamp of no known form',
      head(2)
        .add(rowPayload(['x', '2024-05-06T07:08:09']))
        .bytes(),
    ],
  ])('refuses %s', (name, bytes) => {
    const columns = name.startsWith('a timestamp') ? columnsOf(TEXT, UTC) : two;
    for (const size of [7, bytes.length]) {
      const reader = readerOf(columns);
      expect(() => collect(reader, pieces(bytes, size))).toThrow(expect.objectContaining({ code: 'SOURCE/PROTOCOL' }));
      reader.release();
    }
  });
});
