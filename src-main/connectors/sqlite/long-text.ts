import { isUtf8 } from 'node:buffer';
import { JsonCheck } from '../../../src-shared/model/json-check.ts';
import { MALFORMED, NO_JSON, type Refusal } from './cell-writers.ts';

/** A piece as UTF-8, whole characters only: the rest waits for the next one. null: it is not valid. */
type Decode = (piece: Uint8Array) => Uint8Array | null;

interface Decoding {
  readonly decode: Decode;
  /** Whether the text may end here. */
  readonly isWhole: () => boolean;
}

const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();

/** Text that comes in pieces of the bytes as they are stored, checked as a whole value is. */
export class LongText {
  readonly #decoding: Decoding;
  readonly #json: JsonCheck | null;

  constructor(encoding: string, isJson: boolean) {
    this.#decoding = encoding === 'UTF-8' ? fromUtf8() : fromUtf16(encoding);
    this.#json = isJson ? new JsonCheck() : null;
  }

  /** What is new of the text, good until the next piece; a text: why it cannot be carried. */
  push(piece: Uint8Array): Uint8Array | string {
    const bytes = this.#decoding.decode(piece);
    if (bytes === null) return MALFORMED;
    return this.#json?.accepts(bytes) === false ? NO_JSON : bytes;
  }

  end(): Refusal {
    if (!this.#decoding.isWhole()) return MALFORMED;
    return this.#json?.isWhole() === false ? NO_JSON : undefined;
  }
}

function fromUtf8(): Decoding {
  let held = NOTHING;
  let joined = NOTHING;
  const join = (piece: Uint8Array): Uint8Array => {
    const size = held.length + piece.length;
    // The same memory for all: the collector would let many pieces pile up.
    if (joined.length < size) joined = new Uint8Array(size + 3);
    joined.set(held);
    joined.set(piece, held.length);
    return joined.subarray(0, size);
  };
  return {
    decode: (piece) => {
      const bytes = held.length === 0 ? piece : join(piece);
      const end = bytes.length - cutOff(bytes);
      held = bytes.slice(end);
      return isUtf8(bytes.subarray(0, end)) ? bytes.subarray(0, end) : null;
    },
    isWhole: () => held.length === 0,
  };
}

/** How many bytes at the end begin a character that goes on behind them. */
function cutOff(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return size > back ? back : 0;
  }
  return 0;
}

function fromUtf16(encoding: string): Decoding {
  const decoder = new TextDecoder(encoding.toLowerCase(), { fatal: true, ignoreBOM: true });
  // It throws at a lone surrogate, and at the end also at half a code unit.
  const decode = (piece: Uint8Array, stream: boolean): Uint8Array | null => {
    try {
      return encoder.encode(decoder.decode(piece, { stream }));
    } catch {
      return null;
    }
  };
  return { decode: (piece) => decode(piece, true), isWhole: () => decode(NOTHING, false) !== null };
}
