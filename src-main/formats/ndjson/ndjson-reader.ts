import type { BatchSchema } from '../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { RecordReader } from '../../ports/format.ts';
import { readBackMismatch } from '../kit/read-back-mismatch.ts';
import { Utf8Check } from '../kit/utf8-check.ts';

/** What the reader is within. */
const BEFORE_VALUE = 0;
const IN_KEY = 1;
const IN_STRING = 2;
const IN_ESCAPE = 3;
const IN_SCALAR = 4;
const AFTER_VALUE = 5;
const AFTER_OBJECT = 6;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/** Reads NDJSON back: every line one object with exactly the columns' keys in order, closed strings and brackets. */
export class NdjsonReader implements RecordReader {
  readonly #keys: readonly Uint8Array[];
  readonly #check = new Utf8Check();
  #records = 0;
  #state = IN_KEY;
  #column = 0;
  /** Bytes of the key seen so far. */
  #matched = 0;
  /** Closing brackets that are owed, innermost last. */
  readonly #open: number[] = [];

  constructor(schema: BatchSchema) {
    this.#keys = schema.columns.map(({ name }, i) => utf8(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`));
  }

  push(chunk: Uint8Array): void {
    if (!this.#check.push(chunk)) throw this.#mismatch('is not valid utf-8');
    for (let i = 0; i < chunk.length; i++) {
      if (this.#state === IN_STRING) {
        while (i < chunk.length && isOrdinary(chunk[i] as number)) i++;
        if (i === chunk.length) return;
      }
      this.#step(chunk[i] as number);
    }
  }

  finish(): { readonly records: number } {
    const isAtStart = this.#state === IN_KEY && this.#column === 0 && this.#matched === 0;
    if (!isAtStart || !this.#check.isComplete()) throw this.#mismatch('does not end in a line feed');
    return { records: this.#records };
  }

  #step(byte: number): void {
    switch (this.#state) {
      case IN_KEY:
        return this.#key(byte);
      case IN_STRING:
        return this.#string(byte);
      case IN_ESCAPE:
        this.#state = IN_STRING;
        return undefined;
      case IN_SCALAR:
        return isScalar(byte) ? undefined : this.#afterValue(byte);
      case AFTER_VALUE:
        return this.#afterValue(byte);
      case AFTER_OBJECT:
        return this.#endLine(byte);
      default:
        return this.#value(byte);
    }
  }

  #key(byte: number): void {
    const key = this.#keys[this.#column];
    if (key === undefined || key[this.#matched] !== byte) throw this.#mismatch('has other keys');
    if (++this.#matched < key.length) return;
    this.#matched = 0;
    this.#state = BEFORE_VALUE;
  }

  #string(byte: number): void {
    if (byte === QUOTE) this.#state = AFTER_VALUE;
    else if (byte === BACKSLASH) this.#state = IN_ESCAPE;
    else throw this.#mismatch('has a control character within a string');
  }

  /** Within nested values tokens are not told apart beyond strings and brackets: the encoder has checked them. */
  #value(byte: number): void {
    if (byte === QUOTE) this.#state = IN_STRING;
    else if (byte === 0x7b || byte === 0x5b) this.#open.push(byte + 2);
    else if (this.#open.length > 0) this.#nested(byte);
    else if (isScalar(byte)) this.#state = IN_SCALAR;
    else if (byte !== 0x20 && byte !== 9) throw this.#mismatch('lacks a value');
  }

  #nested(byte: number): void {
    if (byte === 0x7d || byte === 0x5d) {
      if (this.#open.pop() !== byte) throw this.#mismatch('has brackets that do not match');
      if (this.#open.length === 0) this.#state = AFTER_VALUE;
    } else if (byte < 0x20 && byte !== 9) throw this.#mismatch('has a line break within a value');
  }

  #afterValue(byte: number): void {
    if (this.#open.length > 0) {
      this.#state = BEFORE_VALUE;
      this.#nested(byte);
    } else if (byte === COMMA) {
      this.#column++;
      this.#state = IN_KEY;
      this.#key(byte);
    } else if (byte === 0x7d) {
      if (this.#column !== this.#keys.length - 1) throw this.#mismatch(`has ${this.#column + 1} keys`);
      this.#state = AFTER_OBJECT;
    } else if (byte !== 0x20 && byte !== 9) throw this.#mismatch('has text after a value');
    else this.#state = AFTER_VALUE;
  }

  #endLine(byte: number): void {
    if (byte !== LINE_FEED) throw this.#mismatch('has text after its object');
    this.#records++;
    this.#column = 0;
    this.#state = IN_KEY;
  }

  #mismatch(why: string): Error {
    return readBackMismatch(why, this.#records + 1);
  }
}

function isOrdinary(byte: number): boolean {
  return byte !== QUOTE && byte !== BACKSLASH && byte >= 0x20;
}

/** Bytes of numbers and of true, false, null. */
function isScalar(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x2b ||
    byte === 0x45
  );
}
