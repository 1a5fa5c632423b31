import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csv } from '../../../src-main/formats/csv/index.ts';
import { ndjson } from '../../../src-main/formats/ndjson/index.ts';
import { BatchBuilder } from '../../fakes/batch-builder.ts';
import { testProfiles } from '../../fakes/csv-profiles.ts';
import { encodeBatches } from '../../fakes/encode-batches.ts';
import { hostileRows, hostileSchema } from '../../fakes/hostile-rows.ts';

const context = { profiles: testProfiles };
const folder = new URL('../../golden/formats/', import.meta.url);

/** `UPDATE_GOLDEN=1` writes what is missing or different; a change of bytes needs a look and a spec edit. */
function expectGolden(name: string, actual: Uint8Array): void {
  const url = new URL(name, folder);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(url, actual);
  expect(existsSync(url), `${name} exists`).toBe(true);
  expect(Buffer.from(actual).equals(readFileSync(url)), `${name} holds the same bytes`).toBe(true);
}

const CSV_CASES: readonly (readonly [name: string, options: Record<string, unknown>])[] = [
  ['rfc4180.csv', {}],
  ['excel.csv', { profile: 'excel' }],
  ['copy-csv.csv', { profile: 'copy-csv' }],
  ['load-data.csv', { profile: 'load-data' }],
  ['copy-text.csv', { profile: 'copy-text' }],
  ['null-word.csv', { profile: 'null-word' }],
  ['all-quoted.csv', { profile: 'all-quoted' }],
  ['guarded.csv', { formulaGuard: true, delimiter: ';', lineEnding: 'lf' }],
  ['utf-16le.csv', { encoding: 'UTF-16', bom: true, delimiter: '\t' }],
  ['utf-16be.csv', { encoding: 'utf-16be' }],
];

describe('golden files', () => {
  it.each(CSV_CASES)('%s', (name, given) => {
    const options = csv.options.parse(given);
    for (const how of [{}, { escaped: true }, { plain: false }, { escaped: true, gap: 0 }]) {
      const batch = new BatchBuilder(hostileSchema, how).batch(hostileRows);
      const bytes = encodeBatches(csv.encoder(hostileSchema, options, context), [batch]);
      expectGolden(name, bytes);
      const reader = csv.reader(hostileSchema, options, context);
      reader.push(bytes);
      expect(reader.finish()).toEqual({ records: hostileRows.length });
    }
  });

  it.each([
    ['ndjson.ndjson', {}],
    ['ndjson-strings.ndjson', { bigNumbers: 'string', bytes: 'base64' }],
  ])('%s', (name, given) => {
    const options = ndjson.options.parse(given);
    for (const how of [{}, { escaped: true }, { plain: false }]) {
      const batch = new BatchBuilder(hostileSchema, how).batch(hostileRows);
      const bytes = encodeBatches(ndjson.encoder(hostileSchema, options, context), [batch]);
      expectGolden(name, bytes);
    }
  });
});
