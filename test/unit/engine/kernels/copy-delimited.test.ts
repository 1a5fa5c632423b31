import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyDelimited } from '../../../../src-main/engine/kernels/copy-delimited/index.ts';
import { maskBatch } from '../../../../src-main/engine/run/mask-batches.ts';
import { csv } from '../../../../src-main/formats/csv/index.ts';
import type { CsvOptions } from '../../../../src-main/formats/csv/csv-options.ts';
import { masks as allMasks } from '../../../../src-main/masks/registry.ts';
import type { CellProgram } from '../../../../src-main/ports/kernel.ts';
import type { BatchSchema } from '../../../../src-shared/model/row-batch.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import { batchSchema, TYPES } from '../../../fakes/batch-schema.ts';
import { testProfiles } from '../../../fakes/csv-profiles.ts';
import { MemorySink } from '../../../fakes/memory-sink.ts';
import { splitBlock, wireBlock, type WireRow } from './copy-wire.ts';

const context = { profiles: testProfiles };
const pseudonym = { master: new Uint8Array(32).fill(7), domain: 'd', class: 'person.email' };

interface Chosen {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

function maskNamed({ id, options }: Chosen) {
  const mask = allMasks.find((each) => each.id === id);
  if (mask === undefined) throw new Error(`no mask ${id}`);
  return { mask, options: mask.options.parse(options) };
}

/** What a masked column is for the format: text, unless the mask keeps the type. */
function outputSchema(schema: BatchSchema, chosen: readonly (Chosen | null)[]): BatchSchema {
  const columns = schema.columns.map((column, i) => {
    const id = chosen[i]?.id;
    return id === undefined || id === 'constant' || id === 'nullify'
      ? column
      : { ...column, type: TYPES.text, form: 'utf8' as const };
  });
  return { ...schema, columns };
}

interface Case {
  readonly schema: BatchSchema;
  readonly blocks: readonly (readonly WireRow[])[];
  readonly masks: readonly (Chosen | null)[];
  readonly options: CsvOptions;
}

/** The reference: through cells, masks and the encoder. */
function throughCells({ schema, blocks, masks, options }: Case): Uint8Array | string {
  const sink = new MemorySink();
  const encoder = csv.encoder(outputSchema(schema, masks), options, context);
  const bound = masks.flatMap((chosen, column) => {
    const source = schema.columns[column];
    if (chosen === null || source === undefined) return [];
    const { mask, options: parsed } = maskNamed(chosen);
    return [{ column, kernel: mask.kernel(source, parsed, { pseudonym }) }];
  });
  return codeOf(() => {
    for (const rows of blocks) {
      const batch = splitBlock(schema, rows);
      maskBatch(batch, bound);
      encoder.encode(batch, sink);
    }
    return sink.written();
  });
}

/** null: the kernel leaves it to the path through cells. */
function throughKernel({ schema, blocks, masks, options }: Case): Uint8Array | string | null {
  const layout = csv.encoder(outputSchema(schema, masks), options, context).layout;
  if (layout === null) return null;
  const programs: (CellProgram | null)[] = [];
  for (const [i, chosen] of masks.entries()) {
    const source = schema.columns[i];
    if (chosen === null || source === undefined) {
      programs.push(null);
      continue;
    }
    const { mask, options: parsed } = maskNamed(chosen);
    const program = mask.program(source, parsed, { pseudonym });
    if (program === null) return null;
    programs.push(program);
  }
  const writer = copyDelimited.plan({ schema, layout, masks: programs });
  if (writer === null) return null;
  const sink = new MemorySink();
  return codeOf(() => {
    let rowsBefore = 0;
    for (const rows of blocks) {
      writer.write(wireBlock(schema, rows), rowsBefore, sink);
      rowsBefore += rows.length;
    }
    return sink.written();
  });
}

function codeOf(write: () => Uint8Array): Uint8Array | string {
  try {
    return write();
  } catch (error) {
    if (isAppError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
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

const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 6, nil: null });
const hostile = fc.string({
  unit: fc.constantFrom(
    ...[
      '"',
      "'",
      ',',
      ';',
      '|',
      '~',
      '\\',
      '\n',
      '\r',
      '\t',
      '\b',
      '\v',
      '\f',
      ' ',
      'N',
      '.',
      '0',
      'a',
      'é',
      '§',
      '🦄',
    ],
    ...['\u0001', '\u007f', '-', ':', 'T', 'Z', 't'],
  ),
  maxLength: 40,
});
const text = fc.oneof(
  hostile,
  fc.string({ minLength: 0, maxLength: 200 }),
  fc.constantFrom('', ' ', 'NULL', '\\N', '\\.', 'N', '0', '-', 'a'.repeat(55), 'a'.repeat(56), 'b'.repeat(63)),
  fc.constantFrom('c'.repeat(64), 'd'.repeat(119), 'e'.repeat(120), `${'f'.repeat(15)},`, `${'g'.repeat(16)}"`),
);
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

const textMask = fc.constantFrom<Chosen | null>(
  ...[null, { id: 'pseudonym', options: { class: 'person.email' } }, { id: 'redact', options: {} }],
  ...[
    { id: 'redact', options: { text: 'a "quoted", text' } },
    { id: 'nullify', options: {} },
  ],
  ...[
    { id: 'partial', options: { keepLast: 4 } },
    { id: 'partial', options: { keepFirst: 1, keepLast: 1, character: '"' } },
    { id: 'partial', options: { keepFirst: 2, character: '🦄' } },
    { id: 'constant', options: { value: 'x, y' } },
    { id: 'constant', options: { value: '', replaceNull: true } },
    { id: 'pseudonym', options: { class: 'person.email', normalize: ['trim'] } },
  ],
);
const otherMask = (value: string) =>
  fc.constantFrom<Chosen | null>(
    ...[null, null, { id: 'nullify', options: {} }, { id: 'constant', options: { value, replaceNull: true } }],
  );
const masks = fc.tuple(
  ...[otherMask('0'), textMask, otherMask('true'), otherMask('2020-01-01T00:00:00Z')],
  ...[otherMask('2020-01-01T00:00:00'), otherMask('00ff'), textMask, otherMask('{"a":1}')],
);
const options = fc.record(
  {
    profile: fc.constantFrom('rfc4180', 'copy-csv', 'load-data', 'bulk', 'null-word', 'all-quoted'),
    delimiter: fc.constantFrom(',', ';', '\t', '|', '§', '|~|', '--', '0', ' ', 'a'),
    quote: fc.constantFrom('"', "'", '~'),
    escape: fc.constantFrom('"', '\\', "'"),
    null: fc.constantFrom('', 'NULL', '\\N', '-', '0', 'N', 'a long text that stands for NULL'),
    lineEnding: fc.constantFrom('lf', 'crlf', 'cr', '\u001e\n', '¶'),
  },
  { requiredKeys: [] },
);

describe('the kernel from COPY text to CSV', () => {
  it('writes byte for byte what the path through cells writes, whatever the rows, masks and options', () => {
    let compared = 0;
    fc.assert(
      fc.property(blocks, masks, options, (rows, chosen, given) => {
        const parsed = csv.options.safeParse(given);
        if (!parsed.success) return;
        const one: Case = { schema, blocks: rows, masks: chosen, options: parsed.data };
        let made: ReturnType<typeof throughKernel>;
        try {
          made = throughKernel(one);
        } catch (error) {
          if (isAppError(error, 'FORMAT/OPTION_INVALID')) return;
          throw error;
        }
        if (made === null) return;
        compared++;
        expect(asText(made)).toBe(asText(throughCells(one)));
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('writes rows whose output is many times their input in several calls', () => {
    const narrow = batchSchema([
      ['a', 'text'],
      ['b', 'text'],
    ]);
    const rows = Array.from({ length: 60_000 }, (_, i): WireRow => [i % 3 === 0 ? null : 'x', 'y']);
    const one: Case = {
      schema: narrow,
      blocks: [rows],
      masks: [
        { id: 'redact', options: { text: 'R'.repeat(300) } },
        { id: 'pseudonym', options: { class: 'person.email' } },
      ],
      options: {},
    };
    const made = throughKernel(one);
    expect(made).toBeInstanceOf(Uint8Array);
    expect(Buffer.compare(made as Uint8Array, throughCells(one) as Uint8Array)).toBe(0);
  });

  it('names column and row of a value that is not UTF-8, as the encoder does', () => {
    const bad = Uint8Array.of(0x61, 0xff, 0x62);
    const one: Case = {
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
    };
    expect(throughKernel(one)).toBe(throughCells(one));
    expect(throughKernel(one)).toContain('Row 3 of the file: column "b"');
  });

  it('names the value that reaches the file, not one whose broken bytes are covered', () => {
    const one: Case = {
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
    expect(throughKernel(one)).toContain('Row 2 of the file: column "b"');
    expect(throughKernel(one)).toBe(throughCells(one));
    const shown: Case = { ...one, blocks: [[[Uint8Array.of(0xc3, 0x61, 0x61, 0x61), 'x']]] };
    expect(throughKernel(shown)).toContain('column "a"');
    expect(throughKernel(shown)).toBe(throughCells(shown));
  });

  it('quotes a value that a mask makes longer than 1 MiB, as the encoder does', () => {
    const one: Case = {
      schema: batchSchema([['a', 'text']]),
      blocks: [[['x'.repeat(300_000)]]],
      masks: [{ id: 'partial', options: { keepFirst: 3, character: '🦄' } }],
      options: {},
    };
    const made = throughKernel(one) as Uint8Array;
    expect(made[0]).toBe(0x22);
    expect(Buffer.compare(made, throughCells(one) as Uint8Array)).toBe(0);
  });

  it('leaves a row that its memory could not hold to the path through cells', () => {
    const columns = Array.from({ length: 1600 }, (_, i) => [`c${i}`, 'text'] as const);
    const one: Case = {
      schema: batchSchema(columns),
      blocks: [[columns.map(() => 'x')]],
      masks: columns.map((_, i) => (i === 0 ? { id: 'constant', options: { value: 'y'.repeat(3_000_000) } } : null)),
      options: {},
    };
    expect(throughKernel(one)).toBeNull();
  });

  it('masks a value that is not UTF-8 where nothing of it reaches the file', () => {
    const one: Case = {
      schema: batchSchema([['a', 'text']]),
      blocks: [[[Uint8Array.of(0xff)]]],
      masks: [{ id: 'pseudonym', options: { class: 'person.email' } }],
      options: {},
    };
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
    const layout = csv.encoder(narrow, {}, context).layout;
    const writer = layout === null ? null : copyDelimited.plan({ schema: narrow, layout, masks: [null, null] });
    const block = wireBlock(narrow, []);
    block.tail = Buffer.from(wire).copy(block.bytes);
    block.rows = rows;
    const write = () => codeOf(() => (writer?.write(block, 0, new MemorySink()), new Uint8Array(0)));
    expect(write()).toContain('SOURCE/PROTOCOL');
  });
});

function asText(result: Uint8Array | string | null): string | null {
  return result instanceof Uint8Array ? Buffer.from(result).toString('latin1') : result;
}
