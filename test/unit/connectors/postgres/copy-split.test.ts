import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchPool } from '../../../../src-main/connectors/kit/batch-pool.ts';
import { batchSchema } from '../../../../src-main/connectors/postgres/batch-schema.ts';
import { CopyFraming } from '../../../../src-main/connectors/postgres/copy-framing.ts';
import { LongRowSplitter } from '../../../../src-main/connectors/postgres/copy-split-long.ts';
import { respellings, splitRows } from '../../../../src-main/connectors/postgres/copy-split.ts';
import type { LogicalType } from '../../../../src-shared/model/logical-type.ts';
import { isPlainRange } from '../../../../src-shared/model/plain-bytes.ts';
import {
  CELL_CUT,
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  unescapeCell,
  type BatchSchema,
  type RowBatch,
} from '../../../../src-shared/model/row-batch.ts';

const LIMIT = 1024;
const TEXT: LogicalType = { kind: 'text', maxCharacters: null };
const BOOLEAN: LogicalType = { kind: 'boolean' };
const BYTES: LogicalType = { kind: 'bytes', maxBytes: null };
const UTC: LogicalType = { kind: 'timestamp', digits: 6, zone: 'utc' };
const LOCAL: LogicalType = { kind: 'timestamp', digits: 6, zone: 'none' };

function schemaOf(types: readonly LogicalType[]): BatchSchema {
  return batchSchema(types.map((type, i) => ({ name: `c${i}`, nativeType: '', nullable: true, type })));
}

const ESCAPES: Record<string, string> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** COPY text as the server writes it. */
function copyText(value: string | null): string {
  return value === null ? '\\N' : value.replace(/[\b\f\n\r\t\v\\]/g, (char) => ESCAPES[char] ?? char);
}

function message(code: string, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.write(code, 'latin1');
  header.writeInt32BE(payload.length + 4, 1);
  return Buffer.concat([header, payload]);
}

interface Received {
  readonly batches: RowBatch[];
  readonly messages: string[];
  readonly rest: string;
  readonly rows: number;
}

/** Sends rows through framing and splitting, in chunks cut at `step` bytes. */
function receive(lines: readonly string[], schema: BatchSchema, step: number): Received {
  const wire = Buffer.concat([
    message('H', Buffer.from([0, 0, 0])),
    ...lines.map((line) => message('d', Buffer.from(`${line}\n`))),
    message('C', Buffer.from('COPY\0')),
    message('Z', Buffer.from('I')),
    Buffer.from('rest'),
  ]);
  const batches: RowBatch[] = [];
  const messages: string[] = [];
  let rest = '';
  const respell = respellings(schema);
  const long = new LongRowSplitter(schema);
  const framing = new CopyFraming(
    new BatchPool(schema, { blockBytes: LIMIT + 64, cells: 4 }),
    { blockBytes: LIMIT },
    {
      block: (batch) => {
        if (batch.fragment) long.split(batch, batch.rows === 1);
        else splitRows(batch, respell);
        if (batch.cells > 0) batches.push(batch);
      },
      message: (bytes, ready, more) => {
        messages.push(bytes.toString('latin1', 0, 1));
        if (ready) rest += more?.toString() ?? '';
      },
    },
  );
  for (let at = 0; at < wire.length; at += step) {
    const chunk = wire.subarray(at, at + step);
    if (messages.at(-1) === 'Z') rest += chunk.toString();
    else framing.push(chunk);
  }
  framing.flush();
  return { batches, messages, rest, rows: framing.rows };
}

/** Values again, put together from whole rows and fragments; checks every rule of the batch on the way. */
function valuesOf(batches: readonly RowBatch[], schema: BatchSchema): (string | null)[][] {
  const width = schema.columns.length;
  const rows: (string | null)[][] = [];
  let open: (Buffer | null)[] = [];
  let cut = false;
  for (const batch of batches) {
    if (batch.fragment) {
      expect(batch.continues).toBe(cut);
      expect(batch.firstColumn).toBe(cut ? open.length - 1 : open.length);
    } else expect(batch.cells).toBe(batch.rows * width);
    for (let cell = 0; cell < batch.cells; cell++) {
      const flags = batch.flags[cell] ?? 0;
      const continued = cell === 0 && cut;
      const form = schema.columns[(batch.firstColumn + cell) % width]?.form;
      if (flags & CELL_PLAIN)
        expect(isPlainRange(batch.bytes, batch.starts[cell] ?? 0, batch.ends[cell] ?? 0)).toBe(true);
      unescapeCell(batch, cell);
      const bytes = Buffer.from(batch.bytes.slice(batch.starts[cell], batch.ends[cell]));
      cut = (flags & CELL_CUT) !== 0;
      if (cut) {
        expect(cell).toBe(batch.cells - 1);
        if (form === 'hex') expect(bytes.length % 2).toBe(0);
        else expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow();
      }
      if (continued) open[open.length - 1] = Buffer.concat([open.at(-1) ?? Buffer.alloc(0), bytes]);
      else open.push(flags & CELL_NULL ? null : bytes);
      if (open.length === width && !cut) {
        rows.push(open.map((value) => value?.toString() ?? null));
        open = [];
      }
    }
    if (batch.fragment) expect(batch.rows).toBe(open.length === 0 ? 1 : 0);
  }
  expect(open.length).toBe(0);
  return rows;
}

describe('splitter of COPY text', () => {
  const value = fc.oneof(
    fc.constantFrom(null, '', '\\N', 'N', '\\', '\t', '\n', ' ', 'a b', '€', '\\.', 'a\\', '"', ',x'),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\0', '')),
    fc.integer({ min: 0, max: 900 }).map((n) => 'é\\\n😀x'.repeat(n)),
    fc.integer({ min: 0, max: 300 }).map((n) => '\\'.repeat(n)),
  );

  it('gives back every value, however the chunks are cut and however long the rows are', () => {
    const schema = schemaOf([TEXT, BYTES, TEXT, BOOLEAN]);
    const bytes = fc.option(
      fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 400, maxLength: 3000 })),
    );
    const row = fc.tuple(value, bytes, value, fc.constantFrom(null, true, false));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), fc.integer({ min: 1, max: 5000 }), (rows, step) => {
        const lines = rows.map(([a, b, c, d]) =>
          [
            copyText(a),
            b === null ? '\\N' : `\\\\x${Buffer.from(b).toString('hex')}`,
            copyText(c),
            d === null ? '\\N' : d ? 't' : 'f',
          ].join('\t'),
        );
        const got = receive(lines, schema, step);
        expect(got.messages).toEqual(['H', 'C', 'Z']);
        expect(got.rest).toBe('rest');
        expect(got.rows).toBe(rows.length);
        expect(valuesOf(got.batches, schema)).toEqual(
          rows.map(([a, b, c, d]) => [
            a,
            b === null ? null : Buffer.from(b).toString('hex'),
            c,
            d === null ? null : String(d),
          ]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('gives booleans, timestamps and bytes their canonical text', () => {
    const schema = schemaOf([BOOLEAN, LOCAL, UTC, BYTES]);
    const lines = [
      't\t2024-05-06 07:08:09.123456\t2024-05-06 07:08:09+00\t\\\\x00ff',
      'f\tinfinity\t-infinity\t\\\\x',
      '\\N\t\\N\t\\N\t\\N',
      't\t0044-03-15 12:00:00 BC\t0044-03-15 12:00:00.5+00 BC\t\\\\x41',
      'f\t294276-12-31 23:59:59.999999\t294276-12-31 23:59:59.999999+00\t\\\\x',
    ];
    expect(valuesOf(receive(lines, schema, 9999).batches, schema)).toEqual([
      ['true', '2024-05-06T07:08:09.123456', '2024-05-06T07:08:09Z', '00ff'],
      ['false', 'infinity', '-infinity', ''],
      [null, null, null, null],
      ['true', '0044-03-15T12:00:00 BC', '0044-03-15T12:00:00.5Z BC', '41'],
      ['false', '294276-12-31T23:59:59.999999', '294276-12-31T23:59:59.999999Z', ''],
    ]);
  });

  it('marks cells as plain, escaped or null', () => {
    const schema = schemaOf([TEXT, TEXT, TEXT, TEXT, TEXT, TEXT]);
    const [batch] = receive(['plain-1\ta,b\ta\\nb\t\\N\t\tend '], schema, 9999).batches;
    expect([...(batch?.flags.subarray(0, 6) ?? [])]).toEqual([CELL_PLAIN, 0, CELL_ESCAPED, CELL_NULL, 0, 0]);
  });

  it.each([
    ['too few cells', 'a'],
    ['too many cells', 'a\tb\tc'],
    ['a backslash at the end', 'a\tb\\'],
    ['a line break inside', 'a\tb\nc\td'],
    ['too few cells in a long row', 'a'.repeat(3000)],
    ['too many cells in a long row', `${'a'.repeat(3000)}\tb\tc`],
  ])('refuses a row with %s', (_, line) => {
    expect(() => receive([line], schemaOf([TEXT, TEXT]), 9999)).toThrow(
      expect.objectContaining({ code: 'SOURCE/PROTOCOL' }),
    );
  });

  it.each([
    [BOOLEAN, 'true'],
    [UTC, '2024-05-06 07:08:09+02'],
    [LOCAL, '2024-05-06'],
    [BYTES, 'abc'],
  ])('refuses a %j spelt %j', (type, text) => {
    expect(() => receive([text], schemaOf([type]), 9999)).toThrow(expect.objectContaining({ code: 'SOURCE/PROTOCOL' }));
  });
});
