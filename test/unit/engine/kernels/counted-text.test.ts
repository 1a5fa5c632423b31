import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  countedPacketsDelimited,
  countedTextDelimited,
} from '../../../../src-main/engine/kernels/copy-delimited/index.ts';
import type { RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { batchSchema, type TypeName } from '../../../fakes/batch-schema.ts';
import { blockOf } from './binary-wire.ts';
import { compareWays } from './compare-ways.ts';
import { countedRow, packet, readCounted, withoutHeads, type CountedRow } from './counted-wire.ts';
import { nullable, otherMask, text, textMask } from './kernel-arbitraries.ts';
import { asText, codeOf, planWriter, throughCells, throughKernel, type Case } from './kernel-case.ts';

/** With nothing between rows, or each behind the header of its packet. */
const FORMS = {
  'counted cells': { kernel: countedTextDelimited, head: 0, ofRow: (row: Uint8Array) => row, ofWire: withoutHeads },
  'counted cells in packets': {
    kernel: countedPacketsDelimited,
    ...{ head: 4, ofRow: packet, ofWire: (blocks: RowBatch[]) => blocks },
  },
};
let form: (typeof FORMS)[keyof typeof FORMS] = FORMS['counted cells'];

interface CountedCase extends Pick<Case, 'schema' | 'masks' | 'options'> {
  readonly blocks: readonly (readonly CountedRow[])[];
}

function countedCase({ blocks, ...rest }: CountedCase): Case {
  return {
    ...rest,
    kernel: form.kernel,
    cells: () => blocks.flatMap((rows) => readCounted(rest.schema, rows, false)),
    wire: () => form.ofWire(blocks.flatMap((rows) => readCounted(rest.schema, rows, true))),
  };
}

function columnCase(type: TypeName, values: CountedRow, more: Partial<CountedCase> = {}): Case {
  return countedCase({
    schema: batchSchema([['c', type]], 'none'),
    blocks: [values.map((value) => [value])],
    masks: [null],
    options: {},
    ...more,
  });
}

const schema = batchSchema(
  [
    ['id', 'int64'],
    ['email', 'text'],
    ['price', 'decimal'],
    ['at', 'timestamputc'],
    ['local', 'timestamp'],
    ['hash', 'rawbytes'],
    ['note', 'text'],
    ['doc', 'json'],
    ['active', 'boolean'],
  ],
  'none',
);
const pad = (n: number, size: number) => String(n).padStart(size, '0');
const moment = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 12 }), fc.nat(59), fc.nat(999999))
  .map(
    ([year, month, second, micros]) =>
      `${pad(year, 4)}-${pad(month, 2)}-17 23:59:${pad(second, 2)}${micros % 3 === 0 ? '' : `.${pad(micros, 6)}`}`,
  );
const long = fc
  .tuple(text, fc.constantFrom(0, 250, 251, 300, 65_535, 65_536))
  .map(([end, size]) => `${'x'.repeat(size)}${end}`);
const row: fc.Arbitrary<CountedRow> = fc.tuple(
  ...[nullable(fc.bigInt().map(String)), nullable(fc.oneof({ arbitrary: text, weight: 8 }, long))],
  ...[nullable(fc.constantFrom('0', '1.50', '-0.0001', '99999999999999999999.9')), nullable(moment), nullable(moment)],
  ...[
    nullable(fc.uint8Array({ maxLength: 300 })),
    nullable(text),
    nullable(text.map((value) => JSON.stringify(value))),
  ],
  nullable(fc.constantFrom('true', 'false')),
);
const blocks = fc.array(fc.array(row, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 });
const masks = fc.tuple(
  ...[otherMask('0'), textMask, otherMask('1.50'), otherMask('2020-01-01T00:00:00Z')],
  ...[otherMask('2020-01-01T00:00:00'), otherMask('00ff'), textMask, otherMask('{"a":1}'), otherMask('true')],
);
/** On a machine that does other things too. */
const LONG = { timeout: 120_000 };

describe.each(Object.entries(FORMS))('the kernel from %s to CSV', (_name, each) => {
  beforeEach(() => {
    form = each;
  });

  it('writes byte for byte what the path through cells writes, whatever the rows, masks and options', LONG, () => {
    const make = ({ rows: some, ...chosen }: { rows: CountedCase['blocks'] } & Pick<Case, 'masks' | 'options'>) =>
      countedCase({ schema, blocks: some, ...chosen });
    expect(compareWays({ rows: blocks, masks, make, runs: 1500 })).toBeGreaterThan(300);
  });

  it('writes rows whose output is many times their input in several calls', () => {
    const narrow = batchSchema(
      [
        ['a', 'text'],
        ['b', 'text'],
      ],
      'none',
    );
    const rows = Array.from({ length: 60_000 }, (_, i): CountedRow => [i % 3 === 0 ? null : 'x', `${i}`]);
    const one = countedCase({
      schema: narrow,
      blocks: [rows],
      masks: [null, { id: 'pseudonym', options: { class: 'person.email' } }],
      options: { null: 'N'.repeat(200) },
    });
    const made = throughKernel(one) as Uint8Array;
    expect(made.length).toBeGreaterThan(4_000_000);
    expect(Buffer.compare(made, throughCells(one) as Uint8Array)).toBe(0);
  });

  it('keeps a date that is no day, as the server gives it', () => {
    const made = throughKernel(columnCase('timestamp', ['0000-00-00 00:00:00', null])) as Uint8Array;
    expect(Buffer.from(made).toString()).toBe('0000-00-00T00:00:00\r\n\r\n');
  });

  it('leaves 32-bit floats to the path through cells', () => {
    expect(throughKernel(columnCase('float32', ['0.10000000149011612']))).toBeNull();
  });

  it('names column and row of a value that is not UTF-8, as the encoder does', () => {
    const bad = Uint8Array.of(0x61, 0xff, 0x62);
    const one = columnCase('text', [], { blocks: [[['x']], [['y'], [bad]]] });
    expect(throughKernel(one)).toBe(throughCells(one));
    expect(throughKernel(one)).toContain('Row 3 of the file: column "c"');
  });

  it('refuses a NUL character where the reader of the file would take it for an end, as the encoder does', () => {
    const rows: CountedRow[][] = [[['x']], [['y'], ['a\0b']]];
    const one = columnCase('text', [], { blocks: rows, options: { profile: 'no-nul' } });
    expect(throughKernel(one)).toBe(throughCells(one));
    expect(throughKernel(one)).toContain('Row 3 of the file: column "c" holds a NUL character');
    const masked = { ...one, masks: [{ id: 'redact', options: {} }] };
    expect(asText(throughKernel(masked))).toBe(asText(throughCells(masked)));
    expect(asText(throughKernel({ ...one, options: {} }))).toContain('a\0b');
  });

  it('lets bytes be what they are', () => {
    const one = columnCase('rawbytes', [Uint8Array.of(0xff, 0xfe, 0x00), '']);
    expect(asText(throughKernel(one))).toBe(asText(throughCells(one)));
  });

  it('says where rows end', () => {
    const one = columnCase('text', []);
    const rows: CountedRow[] = [['one'], [null], ['x'.repeat(300)], ['end']];
    const block = blockOf(one.schema, Buffer.concat(rows.map((row) => form.ofRow(countedRow(row)))), rows.length);
    const ends = [1, 2, 3, 4].map((count) => planWriter(one)?.endOf(block, count));
    expect(ends).toEqual([4, 5, 308, 312].map((end, row) => end + (row + 1) * form.head));
    expect(codeOf(() => (planWriter(one)?.endOf(block, 5), new Uint8Array(0)))).toContain('SOURCE/PROTOCOL');
  });

  it.each<[string, TypeName, Uint8Array, number]>([
    ['a cell that ends behind the block', 'text', Buffer.of(5, 97), 1],
    ['a size cut short', 'text', Buffer.of(0xfc, 1), 1],
    ['a size of eight bytes', 'text', Buffer.of(0xfe, 1, 0, 0, 0, 0, 0, 0, 0, 97), 1],
    ['an error in place of a row', 'text', Buffer.of(0xff, 97), 1],
    ['fewer rows than the block says', 'text', countedRow(['a']), 2],
    ['more rows than the block says', 'text', countedRow(['a', 'b']), 1],
    ['a moment without its time', 'timestamp', countedRow(['2024-05-06']), 1],
    ['a moment with a letter between day and time', 'timestamp', countedRow(['2024-05-06T07:08:09']), 1],
    ['a truth in other letters', 'boolean', countedRow(['t']), 1],
  ])('refuses %s', (_, type, bytes, rows) => {
    const one = columnCase(type, []);
    const wire = { ...one, wire: () => [blockOf(one.schema, form.ofRow(bytes), rows)] };
    expect(throughKernel(wire)).toContain('SOURCE/PROTOCOL');
  });
});

it.each([
  ['a row that ends before its packet', Buffer.concat([Buffer.of(3, 0, 0, 0), countedRow(['a'])]), 1],
  ['a row that ends behind its packet', Buffer.concat([Buffer.of(1, 0, 0, 0), countedRow(['a'])]), 1],
  ['half a header', Buffer.concat([packet(countedRow(['a'])), Buffer.of(2, 0)]), 2],
])('the kernel from packets refuses %s', (_, bytes, rows) => {
  form = FORMS['counted cells in packets'];
  const one = columnCase('text', []);
  expect(throughKernel({ ...one, wire: () => [blockOf(one.schema, bytes, rows)] })).toContain('SOURCE/PROTOCOL');
});
