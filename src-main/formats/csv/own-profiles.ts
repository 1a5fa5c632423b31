import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';

const rfc4180: CsvProfile = {
  id: 'rfc4180',
  title: 'RFC 4180, UTF-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  null: '',
  header: true,
  bom: false,
  lineEnding: '\r\n',
  encoding: 'utf-8',
  formulaGuard: false,
  quoting: 'needed',
  booleans: ['true', 'false'],
  timestampSeparator: 'T',
  utcSuffix: 'Z',
  bytesPrefix: '',
};

// Why these and not others: docs/formats/csv.md, "The profile excel".
const excel: CsvProfile = {
  ...rfc4180,
  id: 'excel',
  title: 'Microsoft Excel, opened by double click',
  bom: true,
  formulaGuard: true,
  numberGuard: true,
  booleans: ['TRUE', 'FALSE'],
  timestampSeparator: ' ',
  utcSuffix: '',
};

/** The profiles that belong to no product Waybill connects to. */
export const ownProfiles: ReadonlyMap<string, CsvProfile> = new Map([
  [rfc4180.id, rfc4180],
  [excel.id, excel],
]);
