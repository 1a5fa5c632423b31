/**
 * Encodings of text files, as the WHATWG Encoding Standard names and defines them (https://encoding.spec.whatwg.org/).
 * Tables of the single-byte encodings are derived from the platform's own decoder, one byte at a time, so that writing is
 * the exact inverse of reading.
 */
export interface TextEncoding {
  /** The standard's name in lower case. */
  readonly name: string;
  /** Writes one code point at `at` (room for four bytes) and returns the position after it, or -1: it has no such character. */
  readonly put: (codePoint: number, target: Uint8Array, at: number) => number;
}

const SINGLE_BYTE = new Set(
  (
    'ibm866 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-8-i iso-8859-10 ' +
    'iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u macintosh windows-874 windows-1250 windows-1251 ' +
    'windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 x-mac-cyrillic'
  ).split(' '),
);

/** Every encoding that can be written, the usual ones first. */
export const ENCODINGS: readonly string[] = ['utf-8', 'utf-16le', 'utf-16be', ...SINGLE_BYTE];

/** The encoding's standard name, or undefined when the label is unknown or the encoding cannot be written exactly. */
export function encodingName(label: string): string | undefined {
  const name = standardName(label);
  if (name === undefined) return undefined;
  return name === 'utf-8' || name.startsWith('utf-16') || SINGLE_BYTE.has(name) ? name : undefined;
}

function standardName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    // The constructor throws for unknown labels, and there is no other way to ask.
    return undefined;
  }
}

/** What writes an encoding other than UTF-8; `name` as given by {@link encodingName}. */
export function textEncoding(name: string): TextEncoding {
  if (name === 'utf-16le' || name === 'utf-16be') return utf16(name);
  return singleByte(name);
}

function utf16(name: 'utf-16le' | 'utf-16be'): TextEncoding {
  const [low, high] = name === 'utf-16le' ? [0, 1] : [1, 0];
  const unit = (code: number, target: Uint8Array, at: number): number => {
    target[at + low] = code & 0xff;
    target[at + high] = code >>> 8;
    return at + 2;
  };
  return {
    name,
    put(codePoint, target, at) {
      if (codePoint < 0x10000) return unit(codePoint, target, at);
      const rest = codePoint - 0x10000;
      return unit(0xdc00 | (rest & 0x3ff), target, unit(0xd800 | (rest >>> 10), target, at));
    },
  };
}

function singleByte(name: string): TextEncoding {
  const table = new Int16Array(0x10000).fill(-1);
  const decoder = new TextDecoder(name);
  for (let byte = 0; byte < 256; byte++) {
    const code = decoder.decode(Uint8Array.of(byte)).charCodeAt(0);
    if (code !== 0xfffd) table[code] = byte;
  }
  return {
    name,
    put(codePoint, target, at) {
      const byte = codePoint < 0x10000 ? (table[codePoint] as number) : -1;
      if (byte < 0) return -1;
      target[at] = byte;
      return at + 1;
    },
  };
}
