// Tokens: the first 130 bits of HMAC-SHA-256 in base32. Short values wait in a queue until four can be hashed at once; their
// 26 characters in the output are left free and filled in then.
//
// A queue: inner state in lanes (128 bytes), outer state in lanes (128), inner state (32), outer state (32), four message
// blocks (4 * 64), four places in the output (4 * 4), number of waiting messages (4), 12 bytes free. 608 bytes, aligned to 16.
import { ALPHABET, BLOCK, COUNT_UP, SCHEDULE, SCHEDULE_LANES, SHA_START, STATE, STATE_LANES } from './memory-map';
import { compress, compressLanes } from './sha256';

const OUTER_LANES: usize = 128;
const INNER: usize = 256;
const OUTER: usize = 288;
const MESSAGES: usize = 320;
const PLACES: usize = 576;
const WAITING: usize = 592;

export const TOKEN_CHARACTERS: usize = 26;
/** The longest message that fits one block with its mark and length. */
const SHORT: usize = 55;

/** Makes the two states of a 32-byte key at `key`. */
export function keyQueue(queue: usize, key: usize): void {
  padState(key, 0x36, queue + INNER);
  padState(key, 0x5c, queue + OUTER);
  for (let i: usize = 0; i < 8; i++) {
    v128.store(queue + i * 16, i32x4.splat(load<i32>(queue + INNER + i * 4)));
    v128.store(queue + OUTER_LANES + i * 16, i32x4.splat(load<i32>(queue + OUTER + i * 4)));
  }
  store<u32>(queue + WAITING, 0);
}

function padState(key: usize, pad: u8, to: usize): void {
  memory.fill(BLOCK, pad, 64);
  for (let i: usize = 0; i < 32; i++) store<u8>(BLOCK + i, load<u8>(key + i) ^ pad);
  swapBlock();
  compress(SHA_START, to);
  memory.fill(BLOCK, 0, 64);
  memory.fill(SCHEDULE, 0, 256);
}

function swapBlock(): void {
  for (let i: usize = 0; i < 64; i += 4) store<u32>(BLOCK + i, bswap<u32>(load<u32>(BLOCK + i)));
}

/** Takes the message at [at, at + size) whose token belongs to `place`. Bytes behind the message may be read, 64 of them. */
export function addToken(queue: usize, at: usize, size: usize, place: usize): void {
  if (size > SHORT) return writeLong(queue, at, size, place);
  const waiting = load<u32>(queue + WAITING);
  const slot = queue + MESSAGES + (<usize>waiting << 6);
  const up = v128.load(COUNT_UP);
  for (let i: usize = 0; i < 64; i += 16) {
    const left = <i32>size - <i32>i;
    const keep = i8x16.lt_s(up, i8x16.splat(<i8>(left < 0 ? 0 : left)));
    v128.store(slot + i, v128.and(v128.load(at + i), keep));
  }
  store<u8>(slot + size, 0x80);
  store<u32>(slot + 60, bswap<u32>((64 + <u32>size) << 3));
  store<u32>(queue + PLACES + (<usize>waiting << 2), <u32>place);
  store<u32>(queue + WAITING, waiting + 1);
  if (waiting == 3) flushTokens(queue);
}

/** Forgets waiting messages whose place is at or behind `from`: their row is written again. */
export function forgetTokens(queue: usize, from: usize): void {
  let waiting = load<u32>(queue + WAITING);
  while (waiting > 0 && load<u32>(queue + PLACES + ((<usize>waiting - 1) << 2)) >= <u32>from) waiting--;
  store<u32>(queue + WAITING, waiting);
}

/** Writes the tokens of all waiting messages; lanes without one are computed and thrown away. */
export function flushTokens(queue: usize): void {
  const waiting = load<u32>(queue + WAITING);
  if (waiting == 0) return;
  const first = queue + MESSAGES;
  for (let i: usize = 0; i < 64; i += 4) {
    let vector = i32x4.splat(bswap<i32>(load<i32>(first + i)));
    vector = i32x4.replace_lane(vector, 1, bswap<i32>(load<i32>(first + 64 + i)));
    vector = i32x4.replace_lane(vector, 2, bswap<i32>(load<i32>(first + 128 + i)));
    vector = i32x4.replace_lane(vector, 3, bswap<i32>(load<i32>(first + 192 + i)));
    v128.store(SCHEDULE_LANES + (i << 2), vector);
  }
  compressLanes(queue);
  memory.copy(SCHEDULE_LANES, STATE_LANES, 128);
  v128.store(SCHEDULE_LANES + 128, i32x4.splat(0x80000000));
  for (let i: usize = 144; i < 240; i += 16) v128.store(SCHEDULE_LANES + i, i32x4.splat(0));
  v128.store(SCHEDULE_LANES + 240, i32x4.splat(96 << 3));
  compressLanes(queue + OUTER_LANES);
  for (let lane: usize = 0; lane < <usize>waiting; lane++) {
    writeToken(STATE_LANES + (lane << 2), 16, load<u32>(queue + PLACES + (lane << 2)));
  }
  store<u32>(queue + WAITING, 0);
}

/** Any length, one at a time. */
function writeLong(queue: usize, at: usize, size: usize, place: usize): void {
  let state = queue + INNER;
  let from = at;
  let left = size;
  for (; left >= 64; left -= 64, from += 64) {
    memory.copy(BLOCK, from, 64);
    swapBlock();
    compress(state, STATE);
    state = STATE;
  }
  memory.fill(BLOCK, 0, 64);
  memory.copy(BLOCK, from, left);
  store<u8>(BLOCK + left, 0x80);
  swapBlock();
  if (left > SHORT) {
    compress(state, STATE);
    state = STATE;
    memory.fill(BLOCK, 0, 64);
  }
  // Values here are shorter than 2^29 bytes: the upper word of the length is 0.
  store<u32>(BLOCK + 60, (64 + <u32>size) << 3);
  compress(state, STATE);
  memory.copy(BLOCK, STATE, 32);
  store<u32>(BLOCK + 32, 0x80000000);
  memory.fill(BLOCK + 36, 0, 24);
  store<u32>(BLOCK + 60, 96 << 3);
  compress(queue + OUTER, STATE);
  writeToken(STATE, 4, place);
}

/** 26 characters of five bits each from the words at `code`, which lie `stride` bytes apart. */
function writeToken(code: usize, stride: usize, place: usize): void {
  let bits: u64 = 0;
  let have: i32 = 0;
  let next = code;
  for (let i: usize = 0; i < TOKEN_CHARACTERS; i++) {
    if (have < 5) {
      bits = (bits << 32) | load<u32>(next);
      next += stride;
      have += 32;
    }
    have -= 5;
    store<u8>(place + i, load<u8>(ALPHABET + (<usize>(bits >> have) & 31)));
  }
}
