import { describe, expect, it } from 'vitest';
import { formats } from '../../src-main/formats/registry.ts';
import { testProfiles } from '../fakes/csv-profiles.ts';
import { describeFormat } from './formats.contract.ts';

const context = { profiles: testProfiles };

describe('the registry of formats', () => {
  it('holds each id once', () => {
    const ids = formats.map((format) => format.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

for (const format of formats) {
  describeFormat(format, {}, context);
  if (!format.traits.usesCsvProfiles) continue;
  for (const profile of ['excel', 'copy-csv', 'load-data', 'copy-text', 'null-word', 'all-quoted']) {
    describeFormat(format, { profile }, context);
  }
  describeFormat(format, { encoding: 'utf-16le', bom: true, delimiter: '\t' }, context);
  describeFormat(format, { delimiter: '§|', lineEnding: '␞\n' }, context);
}
