/**
 * Reads a socket in gulps. A server that writes 8 KiB at a time wakes an idle reader for each of them, and both pay for it:
 * resting a millisecond after a small piece halves the cost of reading and lets one backend send a third more
 * (docs/adr/0008-fused-kernels.md has the figures). The wire is full meanwhile: a millisecond is far less than the
 * socket's buffers hold.
 */
import type { Duplex } from 'node:stream';

/** Pieces below this say that the reader is ahead of the server. */
const SMALL_BYTES = 32 * 1024;
const REST_MS = 1;

export class PacedReader {
  readonly #socket: Pick<Duplex, 'pause' | 'resume'>;
  /** The consumer has enough for now. */
  #held = false;
  #rest: NodeJS.Timeout | null = null;

  readonly #paced: boolean;

  constructor(socket: Pick<Duplex, 'pause' | 'resume'>, { paced }: { readonly paced: boolean }) {
    this.#socket = socket;
    this.#paced = paced;
  }

  /** Call for each piece that arrived. */
  arrived(bytes: number): void {
    if (!this.#paced || bytes >= SMALL_BYTES || this.#held || this.#rest !== null) return;
    this.#socket.pause();
    this.#rest = setTimeout(() => {
      this.#rest = null;
      if (!this.#held) this.#socket.resume();
    }, REST_MS);
  }

  /** No more for now. */
  hold(): void {
    this.#held = true;
    this.#socket.pause();
  }

  /** Goes on after {@link hold}; a rest under way ends by itself. */
  go(): void {
    this.#held = false;
    if (this.#rest === null) this.#socket.resume();
  }

  /** The socket flows, and is no longer paced. */
  end(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
    this.#held = false;
    this.#socket.resume();
  }
}
