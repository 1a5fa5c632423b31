import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CsvProfile } from '../../../src-shared/model/csv-profile.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { WasmGlobal, WasmMemory } from '../../ports/web-assembly.ts';
import { readBackMismatch } from '../kit/read-back-mismatch.ts';
import type { RecordScanner } from './record-scanner.ts';

/** What the module exports: assembly/index.ts says what each does. */
interface ScannerExports {
  readonly memory: WasmMemory;
  readonly state: WasmGlobal;
  readonly fields: WasmGlobal;
  readonly records: WasmGlobal;
  readonly fault: WasmGlobal;
  start(fieldsPerRecord: number, delimiter: number, lineEnding: number, quote: number, escape: number): void;
  scan(from: number, end: number): void;
}

// Places in the module's memory, and its states and faults, by the names of assembly/index.ts.
const DELIMITER = 1024;
const LINE_ENDING = 1056;
const INPUT = 4096;
const SLACK_BYTES = 64;
const PAGE_BYTES = 65_536;
const PIECE_BYTES = 1024 * 1024;
const FIELD_START = 0;
const QUOTED = 2;
const ESCAPE_SEEN = 4;

let compiled: WebAssembly.Module | undefined;

/**
 * Counts the records of CSV with quotes, and refuses what the encoder would not write. Its work is done by a WebAssembly
 * module of its own (`assembly/`), which shares nothing with what writes such files.
 */
export class QuotedScanner implements RecordScanner {
  records = 0;
  readonly #fieldsPerRecord: number;
  readonly #header: boolean;
  readonly #scanner: ScannerExports;
  #memory: Uint8Array;

  constructor(profile: CsvProfile, fieldsPerRecord: number) {
    this.#fieldsPerRecord = fieldsPerRecord;
    this.#header = profile.header;
    compiled ??= new WebAssembly.Module(readFileSync(fileURLToPath(new URL('./csv-scanner.wasm', import.meta.url))));
    // The build makes the module from assembly/index.ts, whose exports these are.
    const scanner = new WebAssembly.Instance(compiled).exports as ScannerExports;
    scanner.memory.grow(Math.ceil((INPUT + PIECE_BYTES + SLACK_BYTES) / PAGE_BYTES));
    this.#memory = new Uint8Array(scanner.memory.buffer);
    const delimiter = utf8(profile.delimiter);
    const lineEnding = utf8(profile.lineEnding);
    this.#memory.set(delimiter, DELIMITER);
    this.#memory.set(lineEnding, LINE_ENDING);
    const [quote, escape] = [profile.quote.charCodeAt(0), profile.escape.charCodeAt(0)];
    scanner.start(fieldsPerRecord, delimiter.length, lineEnding.length, quote, escape);
    this.#scanner = scanner;
  }

  push(chunk: Uint8Array): void {
    // By `Buffer`: chunks lie in shared memory, and what typed arrays have for it copies eight bytes at a time.
    const shared = Buffer.from(chunk.buffer);
    for (let from = chunk.byteOffset, end = from + chunk.length; from < end; from += PIECE_BYTES) {
      const size = shared.copy(this.#memory, INPUT, from, Math.min(end, from + PIECE_BYTES));
      this.#scanner.scan(INPUT, INPUT + size);
      this.records += this.#scanner.records.value;
      if (this.#scanner.fault.value !== 0) throw this.#mismatch(this.#words(this.#scanner.fault.value));
    }
  }

  finish(): void {
    const state = this.#scanner.state.value;
    if (state === FIELD_START && this.#scanner.fields.value === 0) return;
    throw this.#mismatch(
      state === QUOTED || state === ESCAPE_SEEN ? 'ends within quotes' : 'does not end in a line ending',
    );
  }

  #words(fault: number): string {
    const words = [
      `has ${this.#scanner.fields.value} fields instead of ${this.#fieldsPerRecord}`,
      'has text after a closing quote',
      'has a quote within a bare value',
      'has a bare line break',
      'has half a separator outside quotes',
    ];
    return words[fault - 1] ?? 'has an unknown fault';
  }

  #mismatch(why: string): Error {
    return readBackMismatch(why, this.records + (this.#header ? 0 : 1));
  }
}
