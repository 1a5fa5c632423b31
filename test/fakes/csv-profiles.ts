import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import { ownProfiles } from '../../src-main/formats/csv/own-profiles.ts';

const rfc4180 = ownProfiles.get('rfc4180') as CsvProfile; // The format's first own profile.

/** Profiles of the shapes products have, for tests of the format without any product. */
export const testProfiles: ReadonlyMap<string, CsvProfile> = new Map(
  [
    {
      ...rfc4180,
      id: 'copy-csv',
      lineEnding: '\n',
      timestampSeparator: ' ' as const,
      utcSuffix: '+00:00',
      bytesPrefix: '\\x',
    },
    {
      ...rfc4180,
      id: 'load-data',
      lineEnding: '\n',
      escape: '\\',
      null: '\\N',
      booleans: ['1', '0'] as const,
      timestampSeparator: ' ' as const,
      utcSuffix: '',
    },
    {
      ...rfc4180,
      id: 'copy-text',
      delimiter: '\t',
      quote: '',
      escape: '\\',
      null: '\\N',
      lineEnding: '\n',
      quoting: 'never' as const,
    },
    {
      ...rfc4180,
      id: 'bulk',
      delimiter: '|~|',
      quote: '',
      escape: '',
      null: '',
      lineEnding: '\u001e\n',
      quoting: 'never' as const,
      header: false,
    },
    { ...rfc4180, id: 'no-nul', refusesNul: true },
    { ...rfc4180, id: 'null-word', null: 'NULL', quoting: 'text' as const, delimiter: ';' },
    { ...rfc4180, id: 'all-quoted', quoting: 'all' as const, quote: "'", escape: "'", lineEnding: '\n' },
  ].map((profile) => [profile.id, profile]),
);
