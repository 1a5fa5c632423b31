import { ownProfiles } from '../../../src-main/formats/csv/own-profiles.ts';
import { parseCsv } from '../../fakes/parse-csv.ts';

/** The rows of a CSV file without its header; NULL and the empty text are one, as peers write them. */
export function csvRows(text: string): string[][] {
  const profile = ownProfiles.get('rfc4180');
  if (profile === undefined) throw new Error('the profile rfc4180 is gone');
  // Versions of one program differ; the header is a line without quotes.
  const lineEnding = text.charAt(text.indexOf('\n') - 1) === '\r' ? '\r\n' : '\n';
  return parseCsv(text, { ...profile, lineEnding })
    .slice(1)
    .map((row) => row.map((cell) => cell ?? ''));
}
