/** How one reader wants its CSV. A product's own profile stands in its connector's folder. */
export interface CsvProfile {
  readonly id: string;
  /** For whom, in a few words. */
  readonly title: string;
  readonly delimiter: string;
  /** Empty: values are never quoted. */
  readonly quote: string;
  /** What stands before a quote inside a quoted value: the quote itself (doubling) or a backslash. */
  readonly escape: string;
  /** Text of NULL, unquoted. An equal text value is quoted so that both stay apart. */
  readonly null: string;
  readonly header: boolean;
  readonly bom: boolean;
  readonly lineEnding: string;
  /** WHATWG label. */
  readonly encoding: string;
  /** Cells that a spreadsheet would run as a formula get a leading `'`. */
  readonly formulaGuard: boolean;
  /** Cells that a spreadsheet would take for a number and change (16 digits and more, leading zeros) get a leading `'`. */
  readonly numberGuard?: boolean;
  /**
   * `needed`: where the value holds delimiter, quote, escape or line break, begins or ends in a blank, or could be taken
   * for NULL or for an end mark.
   */
  readonly quoting: 'needed' | 'text' | 'all' | 'never';
  readonly booleans: readonly [trueText: string, falseText: string];
  /** Between date and time: `T` or a blank. */
  readonly timestampSeparator: 'T' | ' ';
  /** What a UTC timestamp ends in: `Z`, `+00:00` or nothing. */
  readonly utcSuffix: string;
  /** Its reader cuts a line at a NUL character without a word: a text that holds one ends the run. */
  readonly refusesNul?: boolean;
  /** Its reader sees no quotes: a text that equals that of NULL ends the run. */
  readonly refusesNullText?: boolean;
  /** Before the hex digits of a bytes value. */
  readonly bytesPrefix: string;
}
