import { BACKSLASH_ESCAPES } from '../../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../../src-shared/util/utf8.ts';
import type { DelimitedLayout } from '../../../ports/kernel.ts';
import * as at from './memory-map.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
/** The class of bytes that end a cell; the classes of others are the bits below it. */
const ENDS_CELL = 0x80;

/** Separators, texts and tables of bytes; `isEscaped`: cells come in the escape form and end with a TAB or a line break. */
export function writeTextTables(memory: Uint8Array, { texts, quoting }: DelimitedLayout, isEscaped: boolean): void {
  memory.set(quoting.special, at.SPECIAL);
  memory.set(BACKSLASH_ESCAPES, at.UNESCAPE);
  memory.set(at.TOKEN_ALPHABET, at.ALPHABET);
  for (let i = 0; i < 16; i++) memory[at.COUNT_UP + i] = i;
  memory.set(texts.delimiter, at.DELIMITER);
  memory.set(texts.lineEnding, at.LINE_ENDING);
  memory.set(texts.utcSuffix, at.UTC_SUFFIX);
  memory.set(texts.bytesPrefix, at.BYTES_PREFIX);
  memory.set(texts.nullText, at.NULL_TEXT);
  if (isEscaped) writeClasses(memory, quoting.special);
  else writeBareClasses(memory, quoting.special);
  for (let n = 0; n < 100; n++) memory.set(utf8(String(n).padStart(2, '0')), at.PAIRS + 2 * n);
  memory.set(utf8('0123456789abcdef'), at.HEX_DIGITS);
}

/**
 * Classes by nibble: bytes with the same upper nibble share a bit, so that LOW[lower] & HIGH[upper] is exact. Of the control
 * characters only the two that end cells can stand in the wire unescaped.
 */
function writeClasses(memory: Uint8Array, special: Uint8Array): void {
  memory[at.CLASS_LOW + TAB] = ENDS_CELL;
  memory[at.CLASS_LOW + NEWLINE] = ENDS_CELL;
  memory[at.CLASS_HIGH] = ENDS_CELL;
  for (let upper = 2; upper < 8; upper++) memory[at.CLASS_HIGH + upper] = 1 << (upper - 2);
  for (let byte = 0x20; byte < 0x80; byte++) {
    if (special[byte] === 0 && byte !== BACKSLASH) continue;
    const low = at.CLASS_LOW + (byte & 15);
    memory[low] = (memory[low] ?? 0) | (1 << ((byte >> 4) - 2));
  }
}

/** The same where nothing is escaped: one bit for each upper nibble of ASCII. */
function writeBareClasses(memory: Uint8Array, special: Uint8Array): void {
  for (let upper = 0; upper < 8; upper++) memory[at.CLASS_HIGH + upper] = 1 << upper;
  for (let byte = 0; byte < 0x80; byte++) {
    if (special[byte] === 0) continue;
    const low = at.CLASS_LOW + (byte & 15);
    memory[low] = (memory[low] ?? 0) | (1 << (byte >> 4));
  }
}

/** FIPS 180-4 §4.2.2 and §5.3.3: fractional parts of cube and square roots of the first primes. */
export function writeShaTables(memory: Uint8Array): void {
  const view = new DataView(memory.buffer);
  for (const [i, prime] of firstPrimes(64).entries()) {
    const constant = fractionOfRoot(prime, 3);
    view.setUint32(at.ROUND_WORDS + 4 * i, constant, true);
    for (let lane = 0; lane < 4; lane++) view.setUint32(at.ROUND_LANES + 16 * i + 4 * lane, constant, true);
    if (i < 8) view.setUint32(at.SHA_START + 4 * i, fractionOfRoot(prime, 2), true);
  }
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The first 32 bits of the fraction of the `degree`-th root of `n`: the root of n * 2^(32 * degree), rounded down, exactly. */
function fractionOfRoot(n: number, degree: 2 | 3): number {
  const target = BigInt(n) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffff_ffffn);
}
