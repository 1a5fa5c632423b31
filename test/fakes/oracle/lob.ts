// A LOB's locator, which gives its content in pieces and keeps count of itself.
import type { UsedLob } from './driver-types.ts';

/** What a locator leads to: a text or bytes as they are, or something that makes them when it is asked. */
export interface LobContent {
  readonly length: number;
  slice(from: number, to: number): string | Buffer;
}

export class DoubleLob implements UsedLob {
  readonly #content: LobContent;
  readonly pieces: number[] = [];
  isDestroyed = false;

  constructor(content: LobContent) {
    this.#content = content;
  }

  /** UTF-16 units, or bytes. */
  get length(): number {
    return this.#content.length;
  }

  async getData(offset: number, amount: number): Promise<string | Buffer> {
    if (this.isDestroyed) throw new Error('the LOB is read after its end');
    const piece = this.#content.slice(offset - 1, offset - 1 + amount);
    this.pieces.push(piece.length);
    return piece;
  }

  destroy(): void {
    this.isDestroyed = true;
  }
}
