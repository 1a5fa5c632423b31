import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { csv } from '../../../src-main/formats/csv/index.ts';
import { resolveProfile } from '../../../src-main/formats/csv/resolve-profile.ts';
import { BatchBuilder, type TextRow } from '../../fakes/batch-builder.ts';
import { batchSchema } from '../../fakes/batch-schema.ts';
import { testProfiles } from '../../fakes/csv-profiles.ts';
import { encodeBatches } from '../../fakes/encode-batches.ts';
import { parseCsv } from '../../fakes/parse-csv.ts';

const context = { profiles: testProfiles };
const schema = batchSchema([
  ['id', 'int64'],
  ['note', 'text'],
  ['more', 'text'],
]);
const names = schema.columns.map((column) => column.name);

const hostileChar = fc.constantFrom(
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
    ' ',
    'N',
    'U',
    'L',
    '.',
    '=',
    '-',
    '@',
    '0',
    '9',
    'a',
    'é',
    '§',
    '␞',
    '🦄',
    '\0',
  ],
);
const text = fc.oneof(
  fc.string({ unit: hostileChar, maxLength: 12 }),
  fc.constantFrom('', 'NULL', '\\N', '\\.', '|~', '~'),
);
const cell = fc.option(text, { freq: 5, nil: null });
const rowsOf = fc.array(fc.tuple(fc.option(fc.bigInt().map(String), { freq: 5, nil: null }), cell, cell), {
  maxLength: 6,
});
const profiles = ['rfc4180', 'copy-csv', 'load-data', 'copy-text', 'bulk', 'null-word', 'all-quoted'];
const optionsOf = fc.record(
  {
    profile: fc.constantFrom(...profiles),
    delimiter: fc.constantFrom(',', ';', '\t', '|', '§', '|~|', '--', '0', ' '),
    quote: fc.constantFrom('"', "'", '', '~'),
    escape: fc.constantFrom('"', '\\', '', "'"),
    null: fc.constantFrom('', 'NULL', '\\N', '-', '0', 'N'),
    header: fc.boolean(),
    lineEnding: fc.constantFrom('lf', 'crlf', 'cr', '\u001e\n', '␞', '¶'),
    encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
  },
  { requiredKeys: ['header'] },
);
const howOf = fc.record({ escaped: fc.boolean(), plain: fc.boolean(), gap: fc.nat(2) });

describe('CSV, fuzzed', () => {
  it('reads back to the same values under every profile and every consistent set of options', () => {
    const written = new Map<string, number>();
    fc.assert(
      fc.property(optionsOf, rowsOf, howOf, (given, rows, how) => {
        const parsed = csv.options.safeParse(given);
        if (!parsed.success) return;
        const bytes = tryEncode(parsed.data, rows, how);
        if (bytes === null) return;
        const profile = resolveProfile(parsed.data, context);
        written.set(profile.id, (written.get(profile.id) ?? 0) + 1);
        const decoded = new TextDecoder(profile.encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
        const records = parseCsv(decoded, profile);
        expect(profile.header ? records.slice(1) : records).toEqual(rows);
        if (profile.header) expect(records[0]).toEqual(names);
        const reader = csv.reader(schema, parsed.data, context);
        const middle = bytes.length >> 1;
        reader.push(bytes.subarray(0, middle));
        reader.push(bytes.subarray(middle));
        expect(reader.finish()).toEqual({ records: rows.length });
      }),
      { numRuns: 3000 },
    );
    // Refusals must stay the exception, or this proves little.
    expect(written.size).toBe(profiles.length);
    for (const times of written.values()) expect(times).toBeGreaterThan(40);
  });

  it('catches a flipped quote, whichever it is', () => {
    const rows: TextRow[] = [
      ['1', 'say "hi", twice', 'x'],
      ['2', 'line\nbreak', ''],
      ['3', 'plain', null],
    ];
    const bytes = encodeBatches(csv.encoder(schema, {}, context), [new BatchBuilder(schema).batch(rows)]);
    let caught = 0;
    let quotes = 0;
    for (const [at, byte] of bytes.entries()) {
      if (byte !== 0x22) continue;
      quotes++;
      const flipped = bytes.slice();
      flipped[at] = 0x23;
      if (isCaught(flipped, rows.length)) caught++;
    }
    expect(quotes).toBe(10);
    expect(caught).toBe(quotes);
  });
});

function isCaught(bytes: Uint8Array, rows: number): boolean {
  try {
    const reader = csv.reader(schema, {}, context);
    reader.push(bytes);
    return reader.finish().records !== rows;
  } catch (error) {
    expect(isAppError(error, 'RUN/READ_BACK_MISMATCH')).toBe(true);
    return true;
  }
}

/** The bytes, or null: options that contradict the profile, or a value that files of this shape cannot hold. */
function tryEncode(
  options: Parameters<typeof csv.encoder>[1],
  rows: readonly TextRow[],
  how: ConstructorParameters<typeof BatchBuilder>[1],
): Uint8Array | null {
  try {
    return encodeBatches(csv.encoder(schema, options, context), [new BatchBuilder(schema, how).batch(rows)]);
  } catch (error) {
    if (isAppError(error, 'FORMAT/OPTION_INVALID') || isAppError(error, 'FORMAT/VALUE_UNENCODABLE')) return null;
    throw error;
  }
}
