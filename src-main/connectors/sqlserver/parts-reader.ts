/** Values of types without a limit, which come in parts: [MS-TDS] 2.2.5.2.3 (PLP). No part is kept but the one at hand. */
import type { BatchWriter } from '../kit/batch-writer.ts';
import { malformed } from './errors.ts';
import type { CellReader, WireBytes } from './wire-parser.ts';

export interface PartsTarget {
  /** A value that lies there as a whole. */
  whole(bytes: Buffer, start: number, end: number): void;
  begin(): void;
  part(bytes: Buffer, start: number, end: number): void;
  end(): void;
}

const NULL = 0xffffffffffffffffn;
const UNKNOWN = 0xfffffffffffffffen;

export class PartsReader implements CellReader {
  readonly #writer: BatchWriter;
  readonly #target: PartsTarget;
  /** Bytes the server announced; null: the value has not begun. */
  #announced: bigint | null = null;
  /** Of the chunk at hand. */
  #left = 0;
  #bytes = 0;

  constructor(writer: BatchWriter, target: PartsTarget) {
    this.#writer = writer;
    this.#target = target;
  }

  read(wire: WireBytes, isWanted: boolean): number {
    const { buffer } = wire;
    if (this.#announced === null) {
      const start = wire.position + 8;
      if (buffer.length < start) return start;
      const announced = buffer.readBigUInt64LE(wire.position);
      wire.position = start;
      if (announced === NULL) {
        if (isWanted) this.#writer.writeNull();
        return 0;
      }
      this.#announced = announced;
      this.#bytes = 0;
      this.#left = 0;
      if (isWanted) this.#target.begin();
    }
    for (;;) {
      if (this.#left === 0) {
        const start = wire.position + 4;
        if (buffer.length < start) return start;
        this.#left = buffer.readUInt32LE(wire.position);
        wire.position = start;
        if (this.#left === 0) return this.#finish(this.#announced, isWanted);
      }
      const end = Math.min(buffer.length, wire.position + this.#left);
      if (end === wire.position) return end + 1;
      if (isWanted) this.#target.part(buffer, wire.position, end);
      this.#left -= end - wire.position;
      this.#bytes += end - wire.position;
      wire.position = end;
    }
  }

  #finish(announced: bigint, isWanted: boolean): number {
    if (announced !== UNKNOWN && announced !== BigInt(this.#bytes)) {
      throw malformed('a value has another length than was announced');
    }
    this.#announced = null;
    if (isWanted) this.#target.end();
    return 0;
  }
}
