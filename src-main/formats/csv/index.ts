import type { Format } from '../../ports/format.ts';
import { textEncoding } from '../kit/text-encoding.ts';
import { TranscodedEncoder } from '../kit/transcoded-encoder.ts';
import { adviseCsv } from './advise-csv.ts';
import { CsvEncoder } from './csv-encoder.ts';
import { csvOptions, type CsvOptions } from './csv-options.ts';
import { CsvReader } from './csv-reader.ts';
import { describeCsv } from './describe-csv.ts';
import { resolveProfile } from './resolve-profile.ts';

/** Delimiter-separated text in the profile of the reader it is meant for. See docs/formats/csv.md. */
export const csv: Format<CsvOptions> = {
  id: 'csv',
  title: 'CSV',
  extension: '.csv',
  traits: { streamsLongCells: true, usesCsvProfiles: true },
  options: csvOptions,
  describe(options, context) {
    return describeCsv(resolveProfile(options, context));
  },
  advise: adviseCsv,
  encoder(schema, options, context) {
    const profile = resolveProfile(options, context);
    const encoder = new CsvEncoder(schema, profile);
    if (profile.encoding === 'utf-8') return encoder;
    return new TranscodedEncoder(encoder, textEncoding(profile.encoding), schema);
  },
  reader(schema, options, context) {
    return new CsvReader(schema, resolveProfile(options, context));
  },
};
