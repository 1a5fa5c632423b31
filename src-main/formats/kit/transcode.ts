import type { ByteSink } from '../../ports/byte-sink.ts';
import type { TextEncoding } from './text-encoding.ts';

const PIECE_BYTES = 16 * 1024;

/**
 * Appends UTF-8 text, known to be valid, in another encoding. Returns the first code point the encoding lacks, after
 * which `out` is of no use, or -1.
 */
export function transcode(source: Uint8Array, encoding: TextEncoding, out: ByteSink): number {
  let i = 0;
  while (i < source.length) {
    // One UTF-8 byte never becomes more than two bytes; the last character of a piece may reach three bytes beyond it.
    out.room(2 * PIECE_BYTES + 8);
    const { bytes } = out;
    let at = out.length;
    for (const end = Math.min(source.length, i + PIECE_BYTES); i < end;) {
      const code = codePointAt(source, i);
      i += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      at = encoding.put(code, bytes, at);
      if (at < 0) return code;
    }
    out.length = at;
  }
  return -1;
}

function codePointAt(source: Uint8Array, i: number): number {
  const lead = source[i] as number;
  if (lead < 0x80) return lead;
  const second = (source[i + 1] as number) & 0x3f;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | second;
  const third = (source[i + 2] as number) & 0x3f;
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | ((source[i + 3] as number) & 0x3f);
}
