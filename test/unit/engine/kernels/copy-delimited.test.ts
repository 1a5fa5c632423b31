import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyDelimited } from '../../../../src-main/engine/kernels/copy-delimited/index.ts';
import { batchSchema } from '../../../fakes/batch-schema.ts';
import { MemorySink } from '../../../fakes/memory-sink.ts';
import { splitBlock, wireBlock, type WireRow } from './copy-wire.ts';
import { compareWays } from './compare-ways.ts';
import { nullable, otherMask, text, textMask } from './kernel-arbitraries.ts';
import { asText, codeOf, planWriter, throughCells, throughKernel, type Case } from './kernel-case.ts';

interface TextCase extends Pick<Case, 'schema' | 'masks' | 'options'> {
  readonly blocks: readonly (readonly WireRow[])[];
}

function copyCase({ blocks: rows, ...rest }: TextCase): Case {
  return {
    ...rest,
    kernel: copyDelimited,
    cells: () => rows.map((block) => splitBlock(rest.schema, block)),
    wire: () => rows.map((block) => wireBlock(rest.schema, block)),
  };
}

const schema = batchSchema([
  ['id', 'int64'],
  ['email', 'text'],
  ['active', 'boolean'],
  ['at', 'timestamputc'],
  ['local', 'timestamp'],
  ['hash', 'bytes'],
  ['note', 'text'],
  ['doc', 'json'],
]);

const digits = fc.bigInt().map(String);
const pad = (n: number, size: number) => String(n).padStart(size, '0');
const moment = fc
  .tuple(fc.integer({ min: 1, max: 20000 }), fc.integer({ min: 1, max: 12 }), fc.nat(59), fc.nat(999999), fc.boolean())
  .map(([year, month, second, micros, bc]) => ({
    text: `${pad(year, 4)}-${pad(month, 2)}-17 23:59:${pad(second, 2)}${micros % 3 === 0 ? '' : `.${pad(micros, 6)}`}`,
    bc,
  }));
const zoned = fc.oneof(
  { arbitrary: moment.map(({ text, bc }) => `${text}+00${bc ? ' BC' : ''}`), weight: 5 },
  { arbitrary: fc.constantFrom('infinity', '-infinity'), weight: 1 },
);
const unzoned = fc.oneof(
  { arbitrary: moment.map(({ text, bc }) => `${text}${bc ? ' BC' : ''}`), weight: 5 },
  { arbitrary: fc.constantFrom('infinity', '-infinity'), weight: 1 },
);
const bytes = fc.uint8Array({ maxLength: 24 }).map((raw) => `\\x${Buffer.from(raw).toString('hex')}`);
const row: fc.Arbitrary<WireRow> = fc.tuple(
  ...[nullable(digits), nullable(text), nullable(fc.constantFrom('t', 'f')), nullable(zoned), nullable(unzoned)],
  ...[nullable(bytes), nullable(text), nullable(text)],
);
const blocks = fc.array(fc.array(row, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 });

const masks = fc.tuple(
  ...[otherMask('0'), textMask, otherMask('true'), otherMask('2020-01-01T00:00:00Z')],
  ...[otherMask('2020-01-01T00:00:00'), otherMask('00ff'), textMask, otherMask('{"a":1}')],
);
/** On a machine that does other things too. */
const LONG = { timeout: 120_000 };

describe('the kernel from COPY text to CSV', () => {
  it('writes byte for byte what the path through cells writes, whatever the rows, masks and options', LONG, () => {
    const make = ({ rows: some, ...chosen }: { rows: TextCase['blocks'] } & Pick<Case, 'masks' | 'options'>) =>
      copyCase({ schema, blocks: some, ...chosen });
    expect(compareWays({ rows: blocks, masks, make, runs: 3000 })).toBeGreaterThan(500);
  });

  it('writes rows whose output is many times their input in several calls', () => {
    const narrow = batchSchema([
      ['a', 'text'],
      ['b', 'text'],
    ]);
    const rows = Array.from({ length: 60_000 }, (_, i): WireRow => [i % 3 === 0 ? null : 'x', 'y']);
    const one = copyCase({
      schema: narrow,
      blocks: [rows],
      masks: [
        { id: 'redact', options: { text: 'R'.repeat(300) } },
        { id: 'pseudonym', options: { class: 'person.email' } },
      ],
      options: {},
    });
    const made = throughKernel(one);
    expect(made).toBeInstanceOf(Uint8Array);
    expect(Buffer.compare(made as Uint8Array, throughCells(one) as Uint8Array)).toBe(0);
  });

  it('names column and row of a value that is not UTF-8, as the encoder does', () => {
    const bad = Uint8Array.of(0x61, 0xff, 0x62);
    const one = copyCase({
      schema: batchSchema([
        ['a', 'text'],
        ['b', 'text'],
      ]),
      blocks: [
        [['x', 'y']],
        [
          ['x', 'y'],
          ['x', bad],
        ],
      ],
      masks: [null, null],
      options: {},
    });
    expect(throughKernel(one)).toBe(throughCells(one));
    expect(throughKernel(one)).toContain('Row 3 of the file: column "b"');
  });

  it('names the value that reaches the file, not one whose broken bytes are covered', () => {
    const given: TextCase = {
      schema: batchSchema([
        ['a', 'text'],
        ['b', 'text'],
      ]),
      blocks: [
        [
          [Uint8Array.of(0x61, 0xff, 0x61, 0x61), 'x'],
          ['aaaa', Uint8Array.of(0xff)],
        ],
      ],
      masks: [{ id: 'partial', options: { keepFirst: 1 } }, null],
      options: {},
    };
    const one = copyCase(given);
    expect(throughKernel(one)).toContain('Row 2 of the file: column "b"');
    expect(throughKernel(one)).toBe(throughCells(one));
    const shown = copyCase({ ...given, blocks: [[[Uint8Array.of(0xc3, 0x61, 0x61, 0x61), 'x']]] });
    expect(throughKernel(shown)).toContain('column "a"');
    expect(throughKernel(shown)).toBe(throughCells(shown));
  });

  it('quotes a value that a mask makes longer than 1 MiB, as the encoder does', () => {
    const one = copyCase({
      schema: batchSchema([['a', 'text']]),
      blocks: [[['x'.repeat(300_000)]]],
      masks: [{ id: 'partial', options: { keepFirst: 3, character: '🦄' } }],
      options: {},
    });
    const made = throughKernel(one) as Uint8Array;
    expect(made[0]).toBe(0x22);
    expect(Buffer.compare(made, throughCells(one) as Uint8Array)).toBe(0);
  });

  it('leaves a row that its memory could not hold to the path through cells', () => {
    const columns = Array.from({ length: 1600 }, (_, i) => [`c${i}`, 'text'] as const);
    const one = copyCase({
      schema: batchSchema(columns),
      blocks: [[columns.map(() => 'x')]],
      masks: columns.map((_, i) => (i === 0 ? { id: 'constant', options: { value: 'y'.repeat(3_000_000) } } : null)),
      options: {},
    });
    expect(throughKernel(one)).toBeNull();
  });

  it('masks a value that is not UTF-8 where nothing of it reaches the file', () => {
    const one = copyCase({
      schema: batchSchema([['a', 'text']]),
      blocks: [[[Uint8Array.of(0xff)]]],
      masks: [{ id: 'pseudonym', options: { class: 'person.email' } }],
      options: {},
    });
    expect(asText(throughKernel(one))).toBe(asText(throughCells(one)));
  });

  it.each([
    ['too few cells', 'a\nb\tc\n', 2],
    ['too many cells', 'a\tb\tc\n', 1],
    ['no end', 'a\tb', 1],
    ['fewer rows than were announced', 'a\tb\n', 2],
    ['a backslash before the end of a cell', 'a\\\tb\n', 1],
    ['a backslash before the end of a row', 'a\tb\\\n', 1],
  ])('refuses a block with %s', (_, wire, rows) => {
    const narrow = batchSchema([
      ['a', 'text'],
      ['b', 'text'],
    ]);
    const writer = planWriter(copyCase({ schema: narrow, blocks: [], masks: [null, null], options: {} }));
    const block = wireBlock(narrow, []);
    block.tail = Buffer.from(wire).copy(block.bytes);
    block.rows = rows;
    const write = () => codeOf(() => (writer?.write(block, 0, new MemorySink()), new Uint8Array(0)));
    expect(write()).toContain('SOURCE/PROTOCOL');
  });
});
