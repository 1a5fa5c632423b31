import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import type { FormatDescription } from '../../ports/format.ts';

/** The profile in the words of Data Package v2: Table Dialect (https://datapackage.org/standard/table-dialect/). */
export function describeCsv(profile: CsvProfile): FormatDescription {
  const [trueText, falseText] = profile.booleans;
  return {
    format: 'csv',
    mediatype: 'text/csv',
    encoding: profile.encoding,
    dialect: {
      header: profile.header,
      delimiter: profile.delimiter,
      lineTerminator: profile.lineEnding,
      ...quoteWords(profile),
      nullSequence: profile.null,
      skipInitialSpace: false,
      // Not of the standard: what a reader must know beyond it.
      waybill: {
        profile: profile.id,
        bom: profile.bom,
        formulaGuard: profile.formulaGuard,
        numberGuard: profile.numberGuard === true,
        bytesPrefix: profile.bytesPrefix,
      },
    },
    missingValues: [profile.null],
    ...(trueText === 'true' ? {} : { trueValues: [trueText] }),
    ...(falseText === 'false' ? {} : { falseValues: [falseText] }),
  };
}

function quoteWords(profile: CsvProfile): Readonly<Record<string, unknown>> {
  const escapes = profile.escape === profile.quote ? {} : { escapeChar: profile.escape };
  if (profile.quote === '') return { doubleQuote: false, ...escapes };
  return { quoteChar: profile.quote, doubleQuote: profile.escape === profile.quote, ...escapes };
}
