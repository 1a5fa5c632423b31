import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { QuotedScanner } from '../../../src-main/formats/csv/quoted-scanner.ts';
import type { RecordScanner } from '../../../src-main/formats/csv/record-scanner.ts';
import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { testProfiles } from '../../fakes/csv-profiles.ts';
import { ReferenceQuotedScanner } from '../../fakes/reference-quoted-scanner.ts';

const base = testProfiles.get('copy-csv') as CsvProfile; // The profile the tests' table begins with.

// Separators that begin alike are refused by the format's options.
const profile = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|~|', '--', '§'),
    quote: fc.constantFrom('"', "'"),
    escape: fc.constantFrom('same', '\\'),
    lineEnding: fc.constantFrom('\n', '\r\n', '\r', '¶', '\u001e\n'),
    header: fc.boolean(),
  })
  .filter(({ delimiter, lineEnding }) => delimiter !== '§' || lineEnding !== '¶');

/** Text made mostly of what a scanner has to look at, with runs long enough for vectors. */
const piece = fc.oneof(
  fc.constantFrom('"', '""', "'", "''", ',', ';', '\t', '|~|', '|', '~', '--', '-', '§', '\n', '\r', '\r\n', '\\', '¶'),
  fc.constantFrom('a', 'plain text without anything', 'x'.repeat(15), 'y'.repeat(16), 'z'.repeat(33), 'é', ''),
);

function outcome(scanner: RecordScanner, pieces: readonly Uint8Array[]): string {
  try {
    for (const each of pieces) scanner.push(each);
    scanner.finish();
    return `${scanner.records} records`;
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((start, i) => bytes.subarray(start, ends[i] ?? bytes.length));
}

/** A file as it is written, so that most of what is read holds. */
function wellFormed(fields: readonly (readonly string[])[], of: CsvProfile): string {
  const quoted = (text: string): string =>
    `${of.quote}${text.replaceAll(/["'\\]/g, (c) => (c === of.quote || c === of.escape ? of.escape + c : c))}${of.quote}`;
  return fields.map((row) => row.map(quoted).join(of.delimiter) + of.lineEnding).join('');
}

it('finds the same records and the same faults as the reference, however the file is cut into pieces', () => {
  let faults = 0;
  fc.assert(
    fc.property(
      profile,
      fc.array(
        fc.array(
          fc.array(piece, { maxLength: 5 }).map((parts) => parts.join('')),
          { minLength: 2, maxLength: 2 },
        ),
      ),
      fc.array(piece, { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      fc.boolean(),
      (options, rows, tail, places, isBroken) => {
        const { escape, ...rest } = options;
        const one: CsvProfile = { ...base, ...rest, escape: escape === 'same' ? options.quote : escape };
        const text = wellFormed(rows, one) + (isBroken ? tail.join('') : '');
        const pieces = cut(Buffer.from(text), places);
        const expected = outcome(new ReferenceQuotedScanner(one, 2), pieces);
        if (!expected.endsWith(' records')) faults++;
        expect(outcome(new QuotedScanner(one, 2), pieces)).toBe(expected);
      },
    ),
    { numRuns: 3000 },
  );
  expect(faults).toBeGreaterThan(300);
});

// Files as nearly all are go sixty-four bytes at a time: each thing that may be wrong has to be seen at each place of a block.
const usual = fc.record({
  delimiter: fc.constantFrom(',', ';'),
  quote: fc.constantFrom('"', "'"),
  lineEnding: fc.constantFrom('\n', '\r\n', '\r'),
});

it('finds the same in long files of the usual separators, with one byte that is wrong', () => {
  const outcomes = new Map<string, number>();
  fc.assert(
    fc.property(
      usual,
      fc.array(fc.tuple(piece, piece, piece), { minLength: 20, maxLength: 40 }),
      fc.option(fc.record({ place: fc.nat(), byte: fc.constantFrom('"', "'", ',', '\r', '\n', 'x') })),
      fc.array(fc.nat(), { maxLength: 2 }),
      (options, rows, change, places) => {
        const one: CsvProfile = { ...base, ...options, escape: options.quote };
        const quoted = (text: string): string =>
          /^[a-z ]*$/.test(text)
            ? text
            : `${one.quote}${text.replaceAll(one.quote, one.quote + one.quote)}${one.quote}`;
        const text = rows.map((row) => row.map(quoted).join(one.delimiter) + one.lineEnding).join('');
        const bytes = Buffer.from(text);
        if (change !== null) bytes.write(change.byte, change.place % bytes.length);
        const pieces = cut(bytes, places);
        const expected = outcome(new ReferenceQuotedScanner(one, 3), pieces);
        expect(outcome(new QuotedScanner(one, 3), pieces)).toBe(expected);
        const kind = expected.replaceAll(/\d+/g, 'n').replace(/^.* has /, 'has ');
        outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
      },
    ),
    { numRuns: 3000 },
  );
  expect(outcomes.get('n records') ?? 0).toBeGreaterThan(500);
  expect(outcomes.size).toBeGreaterThan(5);
});

it('finds the same in bare text', () => {
  fc.assert(
    fc.property(
      profile,
      fc.array(piece, { maxLength: 40 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      (options, parts, places) => {
        const { escape, ...rest } = options;
        const one: CsvProfile = { ...base, ...rest, escape: escape === 'same' ? options.quote : escape };
        const pieces = cut(Buffer.from(parts.join('')), places);
        expect(outcome(new QuotedScanner(one, 1), pieces)).toBe(outcome(new ReferenceQuotedScanner(one, 1), pieces));
      },
    ),
    { numRuns: 3000 },
  );
});
