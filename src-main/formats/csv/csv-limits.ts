import type { OutputColumn } from '../../../src-shared/model/compiled-plan.ts';
import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import type { LogicalKind } from '../../../src-shared/model/logical-type.ts';
import type { FormatLimit } from '../../ports/format.ts';

/** Digits that a spreadsheet keeps of a number. */
const KEPT_DIGITS = 15;

const ofKind =
  (...kinds: readonly LogicalKind[]) =>
  ({ type }: OutputColumn): boolean =>
    kinds.includes(type.kind);

/** What a product stores as text can hold any character. */
const isText = ofKind('text', 'json', 'array');

/** What a file in this profile does not carry as it is, or not to every reader: docs/formats/csv.md. */
export function csvLimits(profile: CsvProfile): readonly FormatLimit[] {
  return [...changes(profile), ...refusals(profile), ...readers(profile)];
}

function* changes({ formulaGuard, numberGuard, utcSuffix }: CsvProfile): Generator<FormatLimit> {
  const kind = 'changes';
  if (formulaGuard) {
    const text = "A text that begins with = + - @ or a tab gets a ' in front, so that no spreadsheet runs it.";
    yield { kind, text, concerns: ofKind('text', 'json', 'array', 'interval') };
  }
  if (numberGuard === true) {
    const text = "Digits that a spreadsheet would change (16 and more, or a leading zero) get a ' in front.";
    yield { kind, text, concerns: isFragile };
  }
  if (utcSuffix === '') {
    const concerns = ({ type }: OutputColumn): boolean => type.kind === 'timestamp' && type.zone === 'utc';
    yield { kind, text: 'Times in UTC are written without a mark that they are UTC.', concerns };
  }
}

function isFragile({ type }: OutputColumn): boolean {
  if (type.kind === 'text') return true;
  if (type.kind === 'decimal') return type.precision === null || type.precision > KEPT_DIGITS;
  return type.kind === 'int' && type.bits === 64;
}

function* refusals({ quote, escape, encoding }: CsvProfile): Generator<FormatLimit> {
  const kind = 'refuses';
  if (quote === '' && escape === '') {
    const text =
      'Without quote and escape, a value with a delimiter or a line break in it, or equal to NULL’s text, ends the run.';
    yield { kind, text, concerns: isText };
  } else if (quote === '') {
    const text =
      'Without a quote, a value that equals the text of NULL ends the run, unless that text holds the escape.';
    yield { kind, text, concerns: isText };
  }
  if (!/^utf-?(8|16)/i.test(encoding)) {
    yield { kind, text: `A character that ${encoding} does not have ends the run.`, concerns: isText };
  }
}

function* readers(profile: CsvProfile): Generator<FormatLimit> {
  const kind = 'reader';
  if (profile.null === '' && profile.quote !== '') {
    const text = `NULL is nothing, an empty text is ${profile.quote}${profile.quote}: readers that pay no heed to quotes take both for the same.`;
    yield { kind, text, concerns: ({ type, nullable }) => type.kind === 'text' && nullable };
  }
  if (profile.null === '') {
    const text = 'NULL in a table of one column is an empty line, which some readers skip: give NULL a text.';
    yield { kind, text, concerns: ({ nullable }, all) => nullable && all.length === 1 };
  }
  if (profile.numberGuard === true) {
    const text =
      'Spreadsheets take some texts for dates (1-2, MAR1) and show 32,767 characters of a cell and 1,048,576 rows.';
    yield { kind, text, concerns: isText };
  }
  yield { kind, text: `Binary values are hex digits${prefixed(profile)}.`, concerns: ofKind('bytes') };
  yield { kind, text: 'A CSV file has no types; those of its columns are in datapackage.json.' };
  if (!profile.header) yield { kind, text: 'The file does not name its columns; datapackage.json does.' };
}

const prefixed = ({ bytesPrefix }: CsvProfile): string => (bytesPrefix === '' ? '' : ` after ${bytesPrefix}`);
