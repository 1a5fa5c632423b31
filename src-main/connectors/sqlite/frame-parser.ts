import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import { CONTINUES_BIT, FRAGMENT_BIT, FRAME, HEADER_BYTES, HEADER_WORDS } from './reader-protocol.ts';

/** What a frame's payload is written to, and what happens when it is whole. */
interface Expected {
  readonly parts: readonly Uint8Array[];
  readonly whole: () => void;
}

export interface FrameListener {
  ready(): void;
  answer(id: number, value: unknown): void;
  /** `error`: a WireError of the reader. */
  failure(id: number, error: unknown): void;
  /** An empty batch with room for `tail` bytes. */
  take(id: number, tail: number): RowBatch;
  /** The batch taken last, now filled. */
  batch(id: number, batch: RowBatch): void;
}

/** Frames out of the pieces a pipe gives them in; batches are filled piece by piece, without a buffer between. */
export class FrameParser {
  readonly #listener: FrameListener;
  readonly #header = new Int32Array(HEADER_WORDS);
  #expected: Expected;
  #part = 0;
  /** Bytes of the part that are there. */
  #filled = 0;

  constructor(listener: FrameListener) {
    this.#listener = listener;
    this.#expected = this.#nextHeader();
  }

  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      const part = this.#expected.parts[this.#part];
      if (part === undefined) throw bug('a part of a frame is missing');
      const count = Math.min(part.length - this.#filled, piece.length - at);
      part.set(piece.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      while (this.#filled === this.#expected.parts[this.#part]?.length) this.#endPart();
    }
  }

  #endPart(): void {
    this.#filled = 0;
    this.#part++;
    if (this.#part < this.#expected.parts.length) return;
    this.#part = 0;
    this.#expected.whole();
  }

  #nextHeader(): Expected {
    return {
      parts: [new Uint8Array(this.#header.buffer, 0, HEADER_BYTES)],
      whole: () => {
        this.#expected = this.#payload();
      },
    };
  }

  #payload(): Expected {
    const [kind = 0, id = 0, size = 0] = this.#header;
    switch (kind) {
      case FRAME.READY:
        this.#listener.ready();
        return this.#nextHeader();
      case FRAME.ANSWER:
        return this.#json(size, (value) => this.#listener.answer(id, value));
      case FRAME.FAILURE:
        return this.#json(size, (error) => this.#listener.failure(id, error));
      case FRAME.BATCH:
        return this.#batch(id);
      default:
        throw bug('the reader process sent a frame of no known kind');
    }
  }

  #json(size: number, whole: (value: unknown) => void): Expected {
    const bytes = Buffer.alloc(size);
    return {
      parts: [bytes],
      whole: () => {
        this.#expected = this.#nextHeader();
        whole(JSON.parse(bytes.toString('utf8')));
      },
    };
  }

  #batch(id: number): Expected {
    const [, , rows = 0, cells = 0, tail = 0, bits = 0, firstColumn = 0] = this.#header;
    const batch = this.#listener.take(id, tail);
    batch.ensureCells(cells);
    Object.assign(batch, { rows, cells, tail, firstColumn });
    batch.fragment = (bits & FRAGMENT_BIT) !== 0;
    batch.continues = (bits & CONTINUES_BIT) !== 0;
    return {
      parts: [
        batch.bytes.subarray(0, tail),
        asBytes(batch.starts, cells),
        asBytes(batch.ends, cells),
        batch.flags.subarray(0, cells),
      ],
      whole: () => {
        this.#expected = this.#nextHeader();
        this.#listener.batch(id, batch);
      },
    };
  }
}

function asBytes(numbers: Uint32Array, count: number): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, count * 4);
}
