import { malformed } from './errors.ts';

const BLANK = 0x20;
const T = 0x54;
/** Longest text of style 121: a datetimeoffset(7). */
const scratch = new Uint8Array(64);

/**
 * `2024-05-06 07:08:09.5 +02:00` → `2024-05-06T07:08:09.5+02:00`: what styles 120 and 121 print, in canonical text. Valid
 * until the next call.
 */
export function respellTime(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (end - start < 19 || end - start > scratch.length || bytes[start + 10] !== BLANK) {
    throw malformed('a point in time came in another style than was asked for');
  }
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte !== BLANK) scratch[length++] = byte;
    else if (at === start + 10) scratch[length++] = T;
  }
  return scratch.subarray(0, length);
}
