/**
 * HMAC-SHA-256 (RFC 2104, FIPS 198-1) for one key and very many short messages: the states after the two key pads are
 * kept, so that a message of up to 55 bytes costs two compressions and no allocation.
 */
import { compress, SCHEDULE_WORDS, SHA256_START } from './sha256-compress.ts';

const BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
/** Byte 0x80 after a message that ends with a word (FIPS 180-4 §5.1.1). */
const END_MARK = 0x80000000 | 0;

export class HmacSha256 {
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;
  readonly #state = new Int32Array(8);
  readonly #w = new Int32Array(SCHEDULE_WORDS);

  /** `key`: at most 64 bytes; longer ones would have to be hashed first and do not occur here. */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK_BYTES) throw new RangeError('HMAC keys here have at most 64 bytes');
    this.#inner = this.#padState(key, INNER_PAD);
    this.#outer = this.#padState(key, OUTER_PAD);
  }

  /** The code of a byte range, as eight big-endian words. The array is reused: read it before the next call. */
  code(bytes: Uint8Array, start: number, end: number): Readonly<Int32Array> {
    const w = this.#w;
    let state = this.#inner;
    let at = start;
    for (; end - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
      loadWords(bytes, at, w);
      compress(state, w, this.#state);
      state = this.#state;
    }
    let used = loadRest(bytes, { at, end, w });
    if (used > 14) {
      for (let i = used; i < 16; i++) w[i] = 0;
      compress(state, w, this.#state);
      state = this.#state;
      used = 0;
    }
    for (let i = used; i < 14; i++) w[i] = 0;
    writeBitLength(w, BLOCK_BYTES + end - start);
    compress(state, w, this.#state);
    return this.#finish();
  }

  #finish(): Int32Array {
    const w = this.#w;
    for (let i = 0; i < 8; i++) w[i] = this.#state[i] as number;
    w[8] = END_MARK;
    for (let i = 9; i < 14; i++) w[i] = 0;
    writeBitLength(w, BLOCK_BYTES + 32);
    compress(this.#outer, w, this.#state);
    return this.#state;
  }

  #padState(key: Uint8Array, pad: number): Int32Array {
    const block = new Uint8Array(BLOCK_BYTES).fill(pad);
    for (let i = 0; i < key.length; i++) block[i] = (key[i] as number) ^ pad;
    loadWords(block, 0, this.#w);
    block.fill(0);
    const state = new Int32Array(8);
    compress(SHA256_START, this.#w, state);
    return state;
  }
}

function loadWords(bytes: Uint8Array, from: number, w: Int32Array): void {
  for (let i = 0, at = from; i < 16; i++, at += 4) w[i] = wordAt(bytes, at);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

/** Loads the last 0 to 63 bytes and the mark behind them; returns the number of words used. */
function loadRest(bytes: Uint8Array, { at, end, w }: { at: number; end: number; w: Int32Array }): number {
  let used = 0;
  let position = at;
  for (; end - position >= 4; position += 4) w[used++] = wordAt(bytes, position);
  let word = 0x80;
  let shift = 24;
  if (position < end) {
    word = 0;
    for (; position < end; position++, shift -= 8) word |= (bytes[position] as number) << shift;
    word |= 0x80 << shift;
  } else {
    word = END_MARK;
  }
  w[used++] = word;
  return used;
}

/** FIPS 180-4 §5.1.1: the length in bits, 64 bits. A range of 32-bit offsets may have more than 2^32 bits. */
function writeBitLength(w: Int32Array, byteLength: number): void {
  w[14] = Math.floor(byteLength / 2 ** 29);
  w[15] = byteLength << 3;
}
