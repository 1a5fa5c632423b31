import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyBinaryDelimited } from '../../../../src-main/engine/kernels/copy-delimited/index.ts';
import type { CellEncoding } from '../../../../src-main/ports/kernel.ts';
import type { BatchSchema } from '../../../../src-shared/model/row-batch.ts';
import { batchSchema } from '../../../fakes/batch-schema.ts';
import { MemorySink } from '../../../fakes/memory-sink.ts';
import {
  binaryBlock,
  binaryCells,
  binaryPayload,
  blockOf,
  int16,
  int64,
  numeric,
  rowMessage,
  TYPE_OF,
  type BinaryRow,
} from './binary-wire.ts';
import { compareWays } from './compare-ways.ts';
import { nullable, otherMask, text, textMask } from './kernel-arbitraries.ts';
import { asText, codeOf, planWriter, throughCells, throughKernel, type Case } from './kernel-case.ts';

interface BinaryCase extends Pick<Case, 'schema' | 'masks' | 'options'> {
  readonly encodings: readonly CellEncoding[];
  readonly blocks: readonly (readonly BinaryRow[])[];
}

function binaryCase({ blocks, encodings, ...rest }: BinaryCase): Case {
  return {
    ...rest,
    encodings,
    kernel: copyBinaryDelimited,
    cells: () => blocks.map((rows) => binaryCells(rest.schema, encodings, rows)),
    wire: () => blocks.map((rows) => binaryBlock(rest.schema, rows)),
  };
}

/** One column of one encoding. */
function columnCase(encoding: CellEncoding, values: readonly (Uint8Array | null)[], more: Partial<BinaryCase> = {}) {
  const schema = batchSchema([['c', TYPE_OF[encoding]]]);
  return binaryCase({
    schema,
    encodings: [encoding],
    blocks: [values.map((value) => [value])],
    masks: [null],
    options: {},
    ...more,
  });
}

function linesOf(one: Case): string[] {
  const made = throughKernel(one);
  if (!(made instanceof Uint8Array)) throw new Error(`no bytes: ${made}`);
  return Buffer.from(made).toString().split('\r\n').slice(0, -1);
}

const COLUMNS: readonly (readonly [name: string, encoding: CellEncoding])[] = [
  ...([
    ['a', 'int64'],
    ['b', 'text'],
    ['c', 'boolean'],
    ['d', 'timestamp'],
    ['e', 'timestamp'],
  ] as const),
  ...([
    ['f', 'bytes'],
    ['g', 'uuid'],
    ['h', 'json'],
    ['i', 'numeric'],
    ['j', 'date'],
    ['k', 'time'],
  ] as const),
  ...([
    ['l', 'int16'],
    ['m', 'int32'],
    ['n', 'uint32'],
    ['o', 'uint64'],
  ] as const),
];
const encodings = COLUMNS.map(([, encoding]) => encoding);
const schema: BatchSchema = batchSchema(
  COLUMNS.map(([name, encoding]) => [name, name === 'e' ? 'timestamputc' : TYPE_OF[encoding]] as const),
);

const whole = (size: number) => {
  const bits = BigInt(8 * size);
  const edges = fc.constantFrom(0n, 1n, -1n, 9n, 10n, 99n, 100n, 10n ** 8n, 10n ** 9n, (1n << (bits - 1n)) - 1n);
  const any = fc.oneof(fc.bigInt({ min: 0n, max: (1n << bits) - 1n }), fc.bigInt({ min: -999n, max: 9999n }), edges);
  return any.map((n) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt.asIntN(64, n));
    return bytes.subarray(8 - size);
  });
};
const moment = fc
  .oneof(
    fc.bigInt({ min: -211813488000000000n, max: 9223371331199999999n }),
    fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    fc.bigInt({ min: -(10n ** 5n), max: 10n ** 5n }).map((seconds) => seconds * 1_000_000n),
    fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n, 1n),
  )
  .map(int64);
const day = fc
  .oneof(
    fc.integer({ min: -2451545, max: 2145031948 }),
    fc.integer({ min: -800_000, max: 100_000 }),
    fc.constantFrom(-(2 ** 31), 2 ** 31 - 1),
  )
  .map((n) => int64(BigInt(n)).subarray(4));
const aNumeric = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.array(fc.nat(9999), { maxLength: 8 }),
        fc.integer({ min: -6, max: 12 }),
        fc.oneof(fc.nat(20), fc.constant(0), fc.constant(2)),
        fc.constantFrom(0, 0x4000),
      )
      .map(([digits, weight, scale, sign]) => numeric(digits, weight, scale, sign)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...[0xc000, 0xd000, 0xf000].map((sign) => numeric([], 0, 32, sign)), numeric([], 0, 0)),
  },
);
const characters = text.map((value) => Buffer.from(value));
const aJson = text.map((value) => Buffer.from(JSON.stringify(value)));
const jsonb = fc.tuple(fc.boolean(), aJson).map(([is, json]) => (is ? Buffer.concat([Buffer.of(1), json]) : json));
const truth = fc.constantFrom(Buffer.of(0), Buffer.of(1));
const time = fc.oneof(fc.bigInt({ min: 0n, max: 86_400_000_000n }), fc.constant(86_400_000_000n)).map(int64);
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 });
const row: fc.Arbitrary<BinaryRow> = fc.tuple(
  ...[nullable(whole(8)), nullable(characters), nullable(truth), nullable(moment), nullable(moment)],
  ...[nullable(fc.uint8Array({ maxLength: 50 })), nullable(uuid), nullable(jsonb), nullable(aNumeric), nullable(day)],
  ...[nullable(time), nullable(whole(2)), nullable(whole(4)), nullable(whole(4)), nullable(whole(8))],
);
const blocks = fc.array(fc.array(row, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 });
const masks = fc.tuple(
  ...[otherMask('0'), textMask, otherMask('true'), otherMask('2020-01-01T00:00:00')],
  ...[otherMask('2020-01-01T00:00:00Z'), otherMask('00ff'), textMask, otherMask('{"a":1}'), otherMask('1.50')],
  ...[otherMask('2020-01-01'), otherMask('00:00:00'), otherMask('1'), otherMask('1'), otherMask('1'), otherMask('1')],
);

/** On a machine that does other things too. */
const LONG = { timeout: 120_000 };

describe('the kernel from COPY BINARY to CSV', () => {
  it('writes byte for byte what the path through cells writes, whatever the rows, masks and options', LONG, () => {
    const make = ({ rows: some, ...chosen }: { rows: BinaryCase['blocks'] } & Pick<Case, 'masks' | 'options'>) =>
      binaryCase({ schema, encodings, blocks: some, ...chosen });
    expect(compareWays({ rows: blocks, masks, make, runs: 600 })).toBeGreaterThan(100);
  });

  it.each<[CellEncoding, string, Uint8Array]>([
    ['numeric', '0', numeric([], 0, 0)],
    ['numeric', '0.00', numeric([], 0, 2)],
    ['numeric', '1.50', numeric([1, 5000], 0, 2)],
    ['numeric', '-1.50', numeric([1, 5000], 0, 2, 0x4000)],
    ['numeric', '0.0001', numeric([1], -1, 4)],
    [
      'numeric',
      '0.000012340',
      numeric([1234], -2, 9)
        .fill(0, 8)
        .fill(numeric([1234], -2, 9).subarray(8), 8),
    ],
    ['numeric', '10000', numeric([1], 1, 0)],
    ['numeric', '100000001.1', numeric([1, 0, 1, 1000], 2, 1)],
    ['numeric', 'NaN', numeric([], 0, 0, 0xc000)],
    ['numeric', 'Infinity', numeric([], 0, 32, 0xd000)],
    ['numeric', '-Infinity', numeric([], 0, 32, 0xf000)],
    ['numeric', `1${'0'.repeat(131_068)}`, numeric([1], 32_767, 0)],
    ['numeric', `0.${'0'.repeat(16_382)}1`, numeric([10], -4096, 16_383)],
    ['int64', '-9223372036854775808', int64(-(2n ** 63n))],
    ['uint64', '18446744073709551615', int64(-1n)],
    ['date', '2000-01-01', Buffer.alloc(4)],
    ['date', '4714-11-24 BC', int64(-2451545n).subarray(4)],
    ['date', '5874897-12-31', int64(2145031948n).subarray(4)],
    ['time', '24:00:00', int64(86_400_000_000n)],
    ['time', '00:00:00.000001', int64(1n)],
    ['timestamp', '1999-12-31T23:59:59.99', int64(-10_000n)],
    ['timestamp', '294276-12-31T23:59:59.999999', int64(9223371331199999999n)],
    ['timestamp', '4714-11-24T00:00:00 BC', int64(-211813488000000000n)],
    ['timestamp', '-infinity', int64(-(2n ** 63n))],
    ['uuid', '00112233-4455-6677-8899-aabbccddeeff', Buffer.from('00112233445566778899aabbccddeeff', 'hex')],
    ['json', '{}', Buffer.from('\u0001{}')],
  ])('writes a %s as %s', (encoding, expected, value) => {
    const one = columnCase(encoding, [value, null, value]);
    expect(linesOf(one)).toEqual([expected, '', expected]);
    expect(asText(throughKernel(one))).toBe(asText(throughCells(one)));
  });

  it('writes a row of far more characters than bytes, cell by cell', () => {
    const wide = Array.from({ length: 24 }, (_, i) => [`c${i}`, 'decimal'] as const);
    const one = binaryCase({
      schema: batchSchema(wide),
      encodings: wide.map(() => 'numeric'),
      blocks: [Array.from({ length: 2 }, () => wide.map((_, i) => numeric([i + 1], 32_767, 10)))],
      masks: wide.map(() => null),
      options: {},
    });
    const made = throughKernel(one) as Uint8Array;
    expect(made.length).toBeGreaterThan(2 * 24 * 131_000);
    expect(Buffer.compare(made, throughCells(one) as Uint8Array)).toBe(0);
  });

  it('fills in the tokens of a row that is written in several calls', () => {
    const one = binaryCase({
      schema: batchSchema([
        ['a', 'text'],
        ['b', 'decimal'],
        ['c', 'text'],
      ]),
      encodings: ['text', 'numeric', 'text'],
      blocks: [Array.from({ length: 60 }, (_, i) => [Buffer.from(`${i}`), numeric([1], 32_000, 0), Buffer.from('x')])],
      masks: [
        { id: 'pseudonym', options: { class: 'person.email' } },
        null,
        { id: 'partial', options: { keepLast: 1 } },
      ],
      options: {},
    });
    expect(Buffer.compare(throughKernel(one) as Uint8Array, throughCells(one) as Uint8Array)).toBe(0);
  });

  it('names column and row of a value that is not UTF-8, as the encoder does', () => {
    const bad = Uint8Array.of(0x61, 0xff, 0x62);
    const one = columnCase('text', [], { blocks: [[[Buffer.from('x')]], [[Buffer.from('y')], [bad]]] });
    expect(throughKernel(one)).toBe(throughCells(one));
    expect(throughKernel(one)).toContain('Row 3 of the file: column "c"');
  });

  it('says where rows end', () => {
    const rows: BinaryRow[] = [[Buffer.from('one')], [null], [Buffer.from('three')]];
    const one = columnCase('text', []);
    const block = binaryBlock(one.schema, rows);
    const ends = [1, 2].map((count) => planWriter(one)?.endOf(block, count));
    expect(ends).toEqual([14, 25]);
    expect(codeOf(() => (planWriter(one)?.endOf(block, 4), new Uint8Array(0)))).toContain('SOURCE/PROTOCOL');
  });

  const message = (row: BinaryRow): Buffer => rowMessage(binaryPayload(row));
  const changed = (at: number, byte: number): Buffer => {
    const bytes = message([Buffer.from('abc')]);
    bytes[at] = byte;
    return bytes;
  };
  it.each<[string, CellEncoding, Uint8Array, number]>([
    ['too few cells', 'text', rowMessage(int16(0)), 1],
    ['too many cells', 'text', message([null, null]), 1],
    ['fewer rows than were announced', 'text', message([null]), 2],
    ['more rows than were announced', 'text', Buffer.concat([message([null]), message([null])]), 1],
    ['another message', 'text', changed(0, 0x63), 1],
    ['a message that ends behind the block', 'text', changed(4, 200), 1],
    ['a message that ends before its row', 'text', changed(4, 12), 1],
    ['a message that ends behind its row', 'text', Buffer.concat([changed(4, 14), Buffer.of(0)]), 1],
    ['a cell that ends behind its row', 'text', changed(10, 4), 1],
    ['a cell of a negative length', 'text', changed(7, 0x80), 1],
    ['half a message', 'text', message([Buffer.from('abc')]).subarray(0, 6), 1],
    ['the end mark', 'text', rowMessage(int16(-1)), 1],
    ['a boolean of two bytes', 'boolean', message([Buffer.alloc(2)]), 1],
    ['a boolean of another value', 'boolean', message([Buffer.of(2)]), 1],
    ['an int of another size', 'int32', message([Buffer.alloc(8)]), 1],
    ['a date of no bytes', 'date', message([Buffer.alloc(0)]), 1],
    ['a date beyond all calendars', 'date', message([int64(-2451546n).subarray(4)]), 1],
    ['a time of more than a day', 'time', message([int64(86_400_000_001n)]), 1],
    ['a negative time', 'time', message([int64(-1n)]), 1],
    ['a timestamp beyond all calendars', 'timestamp', message([int64(9223371331200000000n)]), 1],
    ['a uuid of 15 bytes', 'uuid', message([Buffer.alloc(15)]), 1],
    ['a numeric without a header', 'numeric', message([Buffer.alloc(6)]), 1],
    ['a numeric of fewer digits than it says', 'numeric', message([numeric([1, 2], 0, 0).subarray(0, 10)]), 1],
    ['a numeric with a digit of 10000', 'numeric', message([numeric([10_000], 0, 0)]), 1],
    ['a numeric with an unknown sign', 'numeric', message([numeric([], 0, 0, 0x1234)]), 1],
    ['a numeric with an absurd scale', 'numeric', message([numeric([], 0, 0x4000)]), 1],
    ['NaN with digits', 'numeric', message([numeric([1], 0, 0, 0xc000)]), 1],
  ])('refuses a block with %s', (_, encoding, bytes, rows) => {
    const one = columnCase(encoding, []);
    const write = () => {
      planWriter(one)?.write(blockOf(one.schema, bytes, rows), 0, new MemorySink());
      return new Uint8Array(0);
    };
    expect(codeOf(write)).toContain('SOURCE/PROTOCOL');
  });

  it('takes any bytes for rows, or refuses them', () => {
    const one = binaryCase({ schema, encodings, blocks: [], masks: COLUMNS.map(() => null), options: {} });
    const writer = planWriter(one);
    const whatever = fc.tuple(row, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(whatever, ([cells, changes]) => {
        const bytes = message(cells);
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        const made = codeOf(() => {
          const sink = new MemorySink();
          writer?.write(blockOf(schema, bytes, 1), 0, sink);
          return sink.written();
        });
        if (typeof made === 'string') expect(made).toMatch(/^SOURCE\/PROTOCOL|^FORMAT\/VALUE_UNENCODABLE/);
      }),
      { numRuns: 1500 },
    );
  });
});
