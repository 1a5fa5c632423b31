import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import { PLAIN_BYTES } from '../../../src-shared/model/plain-bytes.ts';
import type { BatchColumn, BatchSchema } from '../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';

/** How the cells of a column become text. */
export type ColumnMode =
  /** As they are; no scan: no value of this type can need quotes under this profile. */
  | 'safe'
  /** As they are, quoted where needed. */
  | 'text'
  | 'raw'
  | 'hex'
  | 'boolean'
  | 'timestamp';

export interface CsvColumn {
  readonly name: string;
  readonly mode: ColumnMode;
  /** Every value but NULL is quoted. */
  readonly alwaysQuoted: boolean;
  /** A plain number of this column is never guarded as a formula. */
  readonly numeric: boolean;
  /** Zone utc: the last `Z` becomes the profile's suffix. */
  readonly utc: boolean;
}

/** A profile and a schema, worked out once per part file: what the encoder needs, as bytes and tables. */
export interface CsvLayout {
  readonly profile: CsvProfile;
  readonly columns: readonly CsvColumn[];
  readonly delimiter: Uint8Array;
  readonly lineEnding: Uint8Array;
  /** -1: values are never quoted. */
  readonly quote: number;
  /** -1: nothing is escaped. */
  readonly escape: number;
  readonly nullText: Uint8Array;
  readonly trueText: Uint8Array;
  readonly falseText: Uint8Array;
  readonly bytesPrefix: Uint8Array;
  readonly utcSuffix: Uint8Array;
  /** 1 for each byte that makes quotes (or an escape) necessary. */
  readonly special: Uint8Array;
  /** PLAIN cells of columns that are not always quoted can be copied, but for those that equal the NULL text. */
  readonly plainIsSafe: boolean;
}

export function compileLayout(schema: BatchSchema, profile: CsvProfile): CsvLayout {
  const special = specialBytes(profile);
  const guarded = profile.formulaGuard || profile.numberGuard === true;
  return {
    profile,
    columns: schema.columns.map((column) => compileColumn(column, profile, special)),
    delimiter: utf8(profile.delimiter),
    lineEnding: utf8(profile.lineEnding),
    quote: profile.quote === '' ? -1 : profile.quote.charCodeAt(0),
    escape: profile.escape === '' ? -1 : profile.escape.charCodeAt(0),
    nullText: utf8(profile.null),
    trueText: utf8(profile.booleans[0]),
    falseText: utf8(profile.booleans[1]),
    bytesPrefix: utf8(profile.bytesPrefix),
    utcSuffix: utf8(profile.utcSuffix),
    special,
    plainIsSafe: !guarded && special.every((is, byte) => is === 0 || PLAIN_BYTES[byte] === 0),
  };
}

function specialBytes(profile: CsvProfile): Uint8Array {
  const special = new Uint8Array(256);
  // RFC 4180 §2.6 names CRLF; readers differ about a lone CR or LF, so each of them is special everywhere.
  const starts = [profile.quote, profile.escape, '\r', '\n', profile.delimiter, profile.lineEnding];
  for (const text of starts) {
    const [first] = utf8(text);
    if (first !== undefined) special[first] = 1;
  }
  return special;
}

function compileColumn(column: BatchColumn, profile: CsvProfile, special: Uint8Array): CsvColumn {
  const { kind } = column.type;
  const numeric = kind === 'int' || kind === 'decimal' || kind === 'float';
  const alphabet = alphabetOf(column.type);
  const isPlainText = profile.quoting !== 'text' || (alphabet !== null && kind !== 'bytes' && kind !== 'interval');
  const alwaysQuoted = profile.quoting === 'all' || !isPlainText;
  const mode = conversionOf(column, profile);
  const guarded = profile.formulaGuard || profile.numberGuard === true;
  const isSafe =
    mode === 'text' &&
    !alwaysQuoted &&
    !guarded &&
    alphabet !== null &&
    !utf8(alphabet).some((byte) => special[byte] === 1) &&
    (profile.null === '' || Array.from(profile.null).some((char) => !alphabet.includes(char)));
  return {
    name: column.name,
    mode: isSafe ? 'safe' : mode,
    alwaysQuoted,
    numeric,
    utc: kind === 'timestamp' && column.type.zone === 'utc',
  };
}

function conversionOf(column: BatchColumn, profile: CsvProfile): ColumnMode {
  const { type } = column;
  if (type.kind === 'bytes') {
    if (column.form === 'raw') return 'raw';
    return profile.bytesPrefix === '' ? 'text' : 'hex';
  }
  if (type.kind === 'boolean' && (profile.booleans[0] !== 'true' || profile.booleans[1] !== 'false')) return 'boolean';
  if (type.kind === 'timestamp') {
    const utcDiffers = type.zone === 'utc' && profile.utcSuffix !== 'Z';
    if (profile.timestampSeparator !== 'T' || utcDiffers) return 'timestamp';
  }
  return 'text';
}

const DIGITS = '0123456789';

/** Every character the canonical text of the type can hold (row-batch.md §4); null: any. */
function alphabetOf(type: LogicalType): string | null {
  switch (type.kind) {
    case 'boolean':
      return 'truefals';
    case 'int':
      return `${DIGITS}-`;
    case 'decimal':
      return `${DIGITS}-.NaInfity`;
    case 'float':
      return `${DIGITS}-.+eENaInfity`;
    case 'timestamp':
    case 'date':
    case 'time':
      return `${DIGITS}-+:.TZ BCinfity`;
    case 'interval':
      return `${DIGITS}-.PYMWDTHS`;
    case 'bytes':
      return `${DIGITS}abcdef`;
    case 'json':
    case 'array':
    case 'text':
      return null;
  }
}
