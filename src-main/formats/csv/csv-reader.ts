import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import type { BatchSchema } from '../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { RecordReader } from '../../ports/format.ts';
import { readBackMismatch } from '../kit/read-back-mismatch.ts';
import { Utf8Check } from '../kit/utf8-check.ts';
import { BareScanner } from './bare-scanner.ts';
import { checkHeader } from './header-check.ts';
import { QuotedScanner } from './quoted-scanner.ts';
import type { RecordScanner } from './record-scanner.ts';

type Decoder = InstanceType<typeof TextDecoder>;

const BOM = [0xef, 0xbb, 0xbf];

/** Reads a CSV file back: encoding, byte order mark, header, the shape of every record, and how many there are. */
export class CsvReader implements RecordReader {
  readonly #profile: CsvProfile;
  readonly #names: readonly string[];
  readonly #scanner: RecordScanner;
  readonly #decoder: Decoder | undefined;
  readonly #check = new Utf8Check();
  readonly #header: number[] = [];
  #bomBytes: number;
  #headerRecords: number;

  constructor(schema: BatchSchema, profile: CsvProfile) {
    this.#profile = profile;
    this.#names = schema.columns.map((column) => column.name);
    this.#scanner = new (profile.quote === '' ? BareScanner : QuotedScanner)(profile, this.#names.length);
    if (profile.encoding !== 'utf-8') {
      this.#decoder = new TextDecoder(profile.encoding, { fatal: true, ignoreBOM: true });
    }
    this.#bomBytes = profile.bom ? BOM.length : 0;
    this.#headerRecords = profile.header ? 1 : 0;
  }

  push(chunk: Uint8Array): void {
    const text = this.#decoder === undefined ? chunk : this.#decode(this.#decoder, chunk);
    if (!this.#check.push(text)) throw this.#invalid();
    this.#scan(text);
  }

  finish(): { readonly records: number } {
    if (this.#decoder !== undefined) this.#scan(this.#decode(this.#decoder));
    if (!this.#check.isComplete()) throw this.#invalid();
    if (this.#bomBytes > 0) throw readBackMismatch('lacks the byte order mark', 0);
    this.#scanner.finish();
    const headers = this.#profile.header ? 1 : 0;
    if (this.#headerRecords > 0) this.#finishHeader();
    return { records: this.#scanner.records - headers };
  }

  #decode(decoder: Decoder, chunk?: Uint8Array): Uint8Array {
    try {
      return utf8(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
    } catch (cause) {
      throw this.#invalid(cause);
    }
  }

  #invalid(cause?: unknown): Error {
    const headers = this.#profile.header ? 0 : 1;
    const error = readBackMismatch(`is not valid ${this.#profile.encoding}`, this.#scanner.records + headers);
    if (cause !== undefined) error.cause = cause;
    return error;
  }

  #scan(text: Uint8Array): void {
    let start = 0;
    for (; this.#bomBytes > 0 && start < text.length; start++, this.#bomBytes--) {
      if (text[start] !== BOM[BOM.length - this.#bomBytes]) throw readBackMismatch('lacks the byte order mark', 0);
    }
    for (; this.#headerRecords > 0 && start < text.length; start++) {
      this.#header.push(text[start] as number);
      this.#scanner.push(text.subarray(start, start + 1));
      if (this.#scanner.records > 0) this.#finishHeader();
    }
    if (start < text.length) this.#scanner.push(start === 0 ? text : text.subarray(start));
  }

  #finishHeader(): void {
    this.#headerRecords = 0;
    const record = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(this.#header));
    checkHeader(record, this.#names, this.#profile);
  }
}
