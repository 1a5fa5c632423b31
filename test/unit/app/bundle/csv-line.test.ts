import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownProfiles } from '../../../../src-main/formats/csv/own-profiles.ts';
import type { CsvProfile } from '../../../../src-shared/model/csv-profile.ts';
import { csvLine } from '../../../../src-main/app/bundle/csv-line.ts';
import { parseCsv } from '../../../fakes/parse-csv.ts';

const PROFILE = ownProfiles.get('rfc4180') as CsvProfile; // The format's first own profile.

describe('a line of entries.csv', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=1', '＝1', '＋1', '－1', '＠1'])(
    'keeps a spreadsheet from computing %j',
    (cell) => {
      expect(csvLine([cell]).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('leaves other cells as they are and quotes what needs it', () => {
    expect(csvLine(['a', '', '1=2', 'a,b', 'say "x"', 'a\nb', ' a'])).toBe('a,,1=2,"a,b","say ""x""","a\nb"," a"\r\n');
  });

  it('gives any cells back, a guard in front of some of them', () => {
    const bare = (cell: string): string => cell.replace(/^'/, '');
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        const [row = []] = parseCsv(csvLine(cells), PROFILE);
        expect(row.map((cell) => bare(cell ?? ''))).toEqual(cells.map(bare));
      }),
    );
  });
});
