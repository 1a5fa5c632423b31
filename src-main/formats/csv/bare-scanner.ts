import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { readBackMismatch } from '../kit/read-back-mismatch.ts';
import type { RecordScanner } from './record-scanner.ts';

const BACKSLASH = 0x5c;

/** Reads files without quotes: separators of any length, with or without backslash escapes. */
export class BareScanner implements RecordScanner {
  records = 0;
  readonly #fieldsPerRecord: number;
  readonly #delimiter: Uint8Array;
  readonly #lineEnding: Uint8Array;
  readonly #escapes: boolean;
  readonly #header: boolean;
  #fields = 0;
  #isRecordStart = true;
  #carry: Uint8Array = new Uint8Array(0);

  constructor(profile: CsvProfile, fieldsPerRecord: number) {
    this.#fieldsPerRecord = fieldsPerRecord;
    this.#delimiter = utf8(profile.delimiter);
    this.#lineEnding = utf8(profile.lineEnding);
    this.#escapes = profile.escape !== '';
    this.#header = profile.header;
  }

  push(chunk: Uint8Array): void {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    this.#carry = bytes.slice(this.#scan(bytes));
  }

  finish(): void {
    if (this.#carry.length > 0 || !this.#isRecordStart) throw this.#mismatch('does not end in a line ending');
  }

  /** Returns where it stopped: at the end, or at a separator or escape that may go on in the next chunk. */
  #scan(bytes: Uint8Array): number {
    const delimiterStart = this.#delimiter[0];
    const lineEndingStart = this.#lineEnding[0];
    let i = 0;
    while (i < bytes.length) {
      const byte = bytes[i];
      let size = 1;
      if (byte === BACKSLASH && this.#escapes) {
        size = 2;
        if (i + size > bytes.length) return i;
      } else if (byte === delimiterStart && matches(bytes, i, this.#delimiter)) {
        size = this.#delimiter.length;
        if (i + size > bytes.length) return i;
        this.#fields++;
      } else if (byte === lineEndingStart && matches(bytes, i, this.#lineEnding)) {
        size = this.#lineEnding.length;
        if (i + size > bytes.length) return i;
        this.#endRecord();
        i += size;
        continue;
      }
      i += size;
      this.#isRecordStart = false;
    }
    return i;
  }

  #endRecord(): void {
    this.#fields++;
    if (this.#fields !== this.#fieldsPerRecord) {
      throw this.#mismatch(`has ${this.#fields} fields instead of ${this.#fieldsPerRecord}`);
    }
    this.#fields = 0;
    this.#isRecordStart = true;
    this.records++;
  }

  #mismatch(why: string): Error {
    return readBackMismatch(why, this.records + (this.#header ? 0 : 1));
  }
}

/** Whether the pattern is at `at`, or could be when more bytes come. */
function matches(bytes: Uint8Array, at: number, pattern: Uint8Array): boolean {
  const end = Math.min(pattern.length, bytes.length - at);
  for (let i = 1; i < end; i++) if (bytes[at + i] !== pattern[i]) return false;
  return true;
}
