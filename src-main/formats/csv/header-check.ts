import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import { readBackMismatch } from '../kit/read-back-mismatch.ts';

/** Compares the first record of a file, line ending included, with the names it should hold. */
export function checkHeader(record: string, names: readonly string[], profile: CsvProfile): void {
  const fields = splitRecord(record.slice(0, record.length - profile.lineEnding.length), profile);
  const isSame = (name: string, index: number): boolean => {
    const field = fields[index];
    return field === name || (profile.formulaGuard && /^[=+\-@\t\r]/.test(name) && field === `'${name}`);
  };
  if (fields.length !== names.length || !names.every(isSame)) throw readBackMismatch('has other column names', 0);
}

/** The values of one record. The scanner has found it well-formed before. */
function splitRecord(record: string, profile: CsvProfile): string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let i = 0; i < record.length; i++) {
    const char = record.charAt(i);
    if (isQuoted && char === profile.escape && (char !== profile.quote || record.charAt(i + 1) === profile.quote)) {
      field += record.charAt(++i);
    } else if (profile.quote !== '' && char === profile.quote) isQuoted = !isQuoted;
    else if (profile.quote === '' && profile.escape !== '' && char === profile.escape) {
      const letter = record.charAt(++i);
      field += { n: '\n', r: '\r', t: '\t' }[letter] ?? letter;
    } else if (!isQuoted && record.startsWith(profile.delimiter, i)) {
      fields.push(field);
      field = '';
      i += profile.delimiter.length - 1;
    } else field += char;
  }
  return [...fields, field];
}
