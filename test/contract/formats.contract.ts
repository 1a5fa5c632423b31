import { describe, expect, it } from 'vitest';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../src-shared/model/row-batch.ts';
import type { Format, FormatContext } from '../../src-main/ports/format.ts';
import { BatchBuilder, type TextRow } from '../fakes/batch-builder.ts';
import { batchSchema } from '../fakes/batch-schema.ts';
import { encodeBatches } from '../fakes/encode-batches.ts';
import { hostileRows, hostileSchema } from '../fakes/hostile-rows.ts';

const MIB = 1024 * 1024;

/** What every format keeps, whatever its bytes look like. `given` are options as a plan would hold them. */
export function describeFormat(format: Format, given: unknown, context: FormatContext): void {
  const options = format.options.parse(given);
  const schema = hostileSchema;

  function encode(rows: readonly TextRow[], how: ConstructorParameters<typeof BatchBuilder>[1] = {}): Uint8Array {
    return encodeBatches(format.encoder(schema, options, context), [new BatchBuilder(schema, how).batch(rows)]);
  }

  function countRecords(bytes: Uint8Array, chunkBytes = bytes.length): number {
    const reader = format.reader(schema, options, context);
    for (let i = 0; i < bytes.length; i += Math.max(1, chunkBytes)) reader.push(bytes.subarray(i, i + chunkBytes));
    return reader.finish().records;
  }

  /** Whether the reader refuses the bytes or counts something else: what makes a run incomplete. */
  function isCaught(bytes: Uint8Array, rows: number): boolean {
    try {
      return countRecords(bytes) !== rows;
    } catch (error) {
      expect(isAppError(error, 'RUN/READ_BACK_MISMATCH')).toBe(true);
      return true;
    }
  }

  describe(`format ${format.id} ${JSON.stringify(given)}`, () => {
    it('has an id, a title and an extension with its dot', () => {
      expect(format.id).toMatch(/^[a-z]+$/);
      expect(format.title).not.toBe('');
      expect(format.extension).toMatch(/^\.[a-z]+$/);
    });

    it('describes itself for the package', () => {
      const description = format.describe(options, context);
      expect(description.mediatype).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
      expect(description.format).not.toBe('');
      expect(JSON.parse(JSON.stringify(description))).toEqual(description);
    });

    it('advises on options that it has, and says in whole sentences what a file does not carry', () => {
      const { options: advice, limits } = format.advise(options, context);
      const known = Object.keys(format.options.toJSONSchema({ io: 'input' }).properties ?? {});
      for (const option of Object.keys(advice)) expect(known).toContain(option);
      for (const { text } of limits) expect(text).toMatch(/^[A-Z].*\.$/);
    });

    it('refuses unknown options', () => {
      expect(format.options.safeParse({ noSuchOption: 1 }).success).toBe(false);
    });

    it('reads back as many records as it wrote, in chunks of any size', () => {
      const bytes = encode(hostileRows);
      for (const chunk of [1, 2, 3, 7, 64, 1000, bytes.length])
        expect(countRecords(bytes, chunk)).toBe(hostileRows.length);
    });

    it('writes a file for a table without rows', () => {
      expect(countRecords(encode([]))).toBe(0);
    });

    it('gives the same bytes for escaped, unescaped, plain and unscanned cells, and for any blocks', () => {
      const expected = encode(hostileRows);
      for (const how of [{ escaped: true }, { plain: false }, { escaped: true, plain: false, gap: 3 }, { gap: 0 }]) {
        expect(Buffer.from(encode(hostileRows, how)).equals(expected)).toBe(true);
      }
      const builder = new BatchBuilder(schema, { escaped: true });
      const single = hostileRows.map((row) => builder.batch([row]));
      for (const blockBytes of [1, 100, 5000]) {
        const bytes = encodeBatches(format.encoder(schema, options, context), single, blockBytes);
        expect(Buffer.from(bytes).equals(expected)).toBe(true);
      }
    });

    it('does not change the batches it writes', () => {
      const batch = new BatchBuilder(schema, { escaped: true }).batch(hostileRows);
      const before = [batch.bytes.slice(), batch.starts.slice(), batch.ends.slice(), batch.flags.slice(), batch.tail];
      encodeBatches(format.encoder(schema, options, context), [batch]);
      expect([batch.bytes, batch.starts, batch.ends, batch.flags, batch.tail]).toEqual(before);
    });

    it.runIf(format.traits.streamsLongCells)('gives the same bytes for fragments and for the joined row', () => {
      for (const { whole, pieces } of longCases()) {
        const joined = encodeBatches(format.encoder(schema, options, context), whole, MIB);
        const cut = encodeBatches(format.encoder(schema, options, context), pieces, MIB);
        expect(Buffer.from(cut).equals(joined)).toBe(true);
        expect(countRecords(joined, 65_536)).toBe(3);
      }
    });

    it('catches a row that was dropped, doubled or cut', () => {
      const rows = hostileRows.slice(0, 9);
      expect(isCaught(encode(rows.slice(1)), rows.length)).toBe(true);
      expect(isCaught(encode([...rows, ...rows.slice(0, 1)]), rows.length)).toBe(true);
      const bytes = encode(rows);
      for (let cut = 1; cut < 40; cut++) {
        expect(isCaught(bytes.subarray(0, bytes.length - cut), rows.length)).toBe(true);
        // Longer than a row: takes the end of at least one with it.
        const gap = 400 + 11 * cut;
        expect(isCaught(Buffer.concat([bytes.subarray(0, 250), bytes.subarray(250 + gap)]), rows.length)).toBe(true);
      }
    });

    it('refuses bytes that are not UTF-8, naming column and row', () => {
      const text = batchSchema([
        ['id', 'int64'],
        ['note', 'text'],
      ]);
      const batch = new BatchBuilder(text).batch([
        ['1', 'fine'],
        ['2', 'b?d text'],
      ]);
      const broken = (batch.starts[3] ?? 0) + 1;
      batch.bytes[broken] = 0xff;
      batch.flags[3] = 0;
      const encoder = format.encoder(text, options, context);
      expect(() => encodeBatches(encoder, [new BatchBuilder(text).batch([['0', 'a']]), batch])).toThrow(
        expect.objectContaining({ code: 'FORMAT/VALUE_UNENCODABLE', context: { column: 'note', row: 3 } }),
      );
    });
  });
}

interface LongCase {
  /** Three rows, the middle one with long cells, as a batch of whole rows … */
  readonly whole: readonly RowBatch[];
  /** … and with the middle row in fragments. */
  readonly pieces: readonly RowBatch[];
}

let cases: readonly LongCase[] | undefined;

/** Made once: encoders do not change batches (see above). */
function longCases(): readonly LongCase[] {
  cases ??= [[{}, 700_001] as const, [{ escaped: true }, MIB] as const].map(([how, cutAt]) => {
    const builder = new BatchBuilder(hostileSchema, how);
    const [first = [], second = []] = hostileRows;
    const long = longRow(first);
    return {
      whole: [builder.batch([first, long, second])],
      pieces: [builder.batch([first]), ...builder.fragments(long, cutAt), builder.batch([second])],
    };
  });
  return cases;
}

/** One row with a text, bytes in both forms and JSON of more than 1 MiB each. */
function longRow(row: TextRow): TextRow {
  const changes = new Map([
    [1, 'say "é€🦄", \\ tab\t, line\n; '.repeat(50_000)],
    [7, '00ff7f80'.repeat(150_000)],
    [8, 'deadbe'.repeat(400_001)],
    [9, `{"list": [${'"x\\ny",\n 1.5e3, '.repeat(80_000)}null]}`],
  ]);
  return row.map((value, index) => changes.get(index) ?? value);
}
