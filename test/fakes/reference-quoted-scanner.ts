import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import { readBackMismatch } from '../../src-main/formats/kit/read-back-mismatch.ts';
import type { RecordScanner } from '../../src-main/formats/csv/record-scanner.ts';

/** What the scanner is within. */
const FIELD_START = 0;
const BARE = 1;
const QUOTED = 2;
const QUOTE_SEEN = 3;
const ESCAPE_SEEN = 4;
const IN_DELIMITER = 5;
const IN_LINE_ENDING = 6;

/**
 * Reads CSV with quotes as strictly as it is written: a quote only at the ends of a value, a line break outside quotes
 * only as the line ending, the same number of fields in every record. Shares nothing with the encoder.
 */
export class ReferenceQuotedScanner implements RecordScanner {
  records = 0;
  readonly #fieldsPerRecord: number;
  readonly #delimiter: Uint8Array;
  readonly #lineEnding: Uint8Array;
  readonly #quote: number;
  readonly #escape: number;
  readonly #header: boolean;
  /** Bytes that end a run of ordinary ones outside quotes. */
  readonly #stops = new Uint8Array(256);
  #state = FIELD_START;
  /** Fields of the record before the one being read. */
  #fields = 0;
  /** Bytes of a separator seen so far. */
  #matched = 0;

  constructor(profile: CsvProfile, fieldsPerRecord: number) {
    this.#fieldsPerRecord = fieldsPerRecord;
    this.#delimiter = utf8(profile.delimiter);
    this.#lineEnding = utf8(profile.lineEnding);
    this.#quote = profile.quote.charCodeAt(0);
    this.#escape = profile.escape.charCodeAt(0);
    this.#header = profile.header;
    for (const byte of [this.#delimiter[0] ?? 0, this.#lineEnding[0] ?? 0, this.#quote, 10, 13]) this.#stops[byte] = 1;
  }

  push(chunk: Uint8Array): void {
    let i = 0;
    while (i < chunk.length) {
      const state = this.#state;
      if (state === FIELD_START || state === BARE) i = this.#bare(chunk, i);
      else if (state === QUOTED) i = this.#quoted(chunk, i);
      else {
        this.#single(chunk[i] as number);
        i++;
      }
    }
  }

  finish(): void {
    if (this.#state === FIELD_START && this.#fields === 0) return;
    throw this.#mismatch(
      this.#state === QUOTED || this.#state === ESCAPE_SEEN ? 'ends within quotes' : 'does not end in a line ending',
    );
  }

  /** Outside quotes, as far as states need not be kept: whole fields and records at a run. */
  #bare(chunk: Uint8Array, from: number): number {
    const stops = this.#stops;
    const length = chunk.length;
    const isSimple = this.#delimiter.length === 1;
    const delimiter = this.#delimiter[0] as number;
    let isStart = this.#state === FIELD_START;
    let i = from;
    for (;;) {
      const start = i;
      while (i < length && stops[chunk[i] as number] === 0) i++;
      if (i > start) isStart = false;
      if (i === length) {
        this.#state = isStart ? FIELD_START : BARE;
        return i;
      }
      const byte = chunk[i++] as number;
      if (byte !== delimiter || !isSimple) {
        this.#state = isStart ? FIELD_START : BARE;
        this.#stop(byte);
        return i;
      }
      this.#fields++;
      isStart = true;
    }
  }

  #quoted(chunk: Uint8Array, from: number): number {
    const quote = this.#quote;
    const escape = this.#escape;
    let i = from;
    while (i < chunk.length && chunk[i] !== quote && chunk[i] !== escape) i++;
    if (i === chunk.length) return i;
    this.#state = chunk[i] === quote ? QUOTE_SEEN : ESCAPE_SEEN;
    return i + 1;
  }

  #single(byte: number): void {
    if (this.#state === ESCAPE_SEEN) this.#state = QUOTED;
    else if (this.#state === QUOTE_SEEN) {
      if (byte === this.#quote && this.#escape === this.#quote) this.#state = QUOTED;
      else if (byte === this.#quote || this.#stops[byte] === 0) throw this.#mismatch('has text after a closing quote');
      else this.#stop(byte);
    } else this.#separator(byte);
  }

  /** A byte that ends a field, or must not be there. */
  #stop(byte: number): void {
    if (byte === this.#quote && this.#state === FIELD_START) this.#state = QUOTED;
    else if (byte === this.#delimiter[0]) this.#open(IN_DELIMITER, byte);
    else if (byte === this.#lineEnding[0]) this.#open(IN_LINE_ENDING, byte);
    else throw this.#mismatch(byte === this.#quote ? 'has a quote within a bare value' : 'has a bare line break');
  }

  #open(state: typeof IN_DELIMITER | typeof IN_LINE_ENDING, byte: number): void {
    this.#state = state;
    this.#matched = 0;
    this.#separator(byte);
  }

  #separator(byte: number): void {
    const isDelimiter = this.#state === IN_DELIMITER;
    const expected = isDelimiter ? this.#delimiter : this.#lineEnding;
    if (byte !== expected[this.#matched]) throw this.#mismatch('has half a separator outside quotes');
    if (++this.#matched < expected.length) return;
    this.#state = FIELD_START;
    this.#fields++;
    if (!isDelimiter) this.#endRecord();
  }

  #endRecord(): void {
    if (this.#fields !== this.#fieldsPerRecord) {
      throw this.#mismatch(`has ${this.#fields} fields instead of ${this.#fieldsPerRecord}`);
    }
    this.#fields = 0;
    this.records++;
  }

  #mismatch(why: string): Error {
    return readBackMismatch(why, this.records + (this.#header ? 0 : 1));
  }
}
