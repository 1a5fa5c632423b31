import { writevSync } from 'node:fs';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import { CONTINUES_BIT, FRAGMENT_BIT, FRAME, HEADER_WORDS } from './reader-protocol.ts';

const encoder = new TextEncoder();

/** Writes frames to the parent on the calling thread: it waits while the pipe is full. */
export class FrameWriter {
  readonly #descriptor: number;
  readonly #header = new Int32Array(HEADER_WORDS);

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  ready(): void {
    this.#frame([FRAME.READY], []);
  }

  answer(id: number, value: unknown): void {
    this.#json(FRAME.ANSWER, id, value);
  }

  failure(id: number, error: unknown): void {
    this.#json(FRAME.FAILURE, id, error);
  }

  /** Done with the batch when it returns. */
  batch(id: number, { rows, cells, tail, fragment, continues, firstColumn, ...arrays }: RowBatch): void {
    const bits = (fragment ? FRAGMENT_BIT : 0) | (continues ? CONTINUES_BIT : 0);
    this.#frame(
      [FRAME.BATCH, id, rows, cells, tail, bits, firstColumn],
      [
        arrays.bytes.subarray(0, tail),
        arrays.starts.subarray(0, cells),
        arrays.ends.subarray(0, cells),
        arrays.flags.subarray(0, cells),
      ],
    );
  }

  #json(kind: number, id: number, value: unknown): void {
    const payload = encoder.encode(JSON.stringify(value));
    this.#frame([kind, id, payload.length], [payload]);
  }

  #frame(words: readonly number[], payload: readonly (Uint8Array | Uint32Array)[]): void {
    this.#header.fill(0);
    this.#header.set(words);
    let left: readonly NodeJS.ArrayBufferView[] = [this.#header, ...payload];
    while (left.length > 0) left = withoutFirst(left, writevSync(this.#descriptor, left));
  }
}

/** What is left of `arrays` after their first `written` bytes. */
function withoutFirst(arrays: readonly NodeJS.ArrayBufferView[], written: number): readonly NodeJS.ArrayBufferView[] {
  let count = written;
  for (const [index, array] of arrays.entries()) {
    if (count < array.byteLength) {
      const rest = new Uint8Array(array.buffer, array.byteOffset + count, array.byteLength - count);
      return [rest, ...arrays.slice(index + 1)];
    }
    count -= array.byteLength;
  }
  return [];
}
