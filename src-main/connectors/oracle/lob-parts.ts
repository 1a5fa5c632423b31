/** The content of a LOB in pieces, so that memory stays flat whatever its length. */
import type { Lob } from 'oracledb';

/** UTF-16 units, or bytes. One round trip each. */
export const PIECE = 512 * 1024;

const encoder = new TextEncoder();

/** Marks a text that cannot be carried: half a surrogate pair. */
export class BrokenText extends Error {}

/**
 * Pieces of whole characters, as UTF-8 where it is a text. A piece may end in the first half of a surrogate pair, since
 * the server counts in UTF-16 units: that half goes with the next one.
 */
export async function* lobParts(lob: Lob): AsyncGenerator<Uint8Array> {
  let held = '';
  for (let offset = 1; offset <= lob.length; offset += PIECE) {
    const piece: unknown = await lob.getData(offset, Math.min(PIECE, lob.length - offset + 1));
    if (piece instanceof Uint8Array) yield piece;
    else if (typeof piece === 'string') {
      const text = held + piece;
      held = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
      const whole = held === '' ? text : text.slice(0, -1);
      if (!whole.isWellFormed()) throw new BrokenText();
      yield encoder.encode(whole);
    } else break;
  }
  if (held !== '') throw new BrokenText();
}
