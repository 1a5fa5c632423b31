/**
 * Runs one COPY … TO STDOUT through the extended protocol (Parse takes one statement only) and hands its rows over in
 * blocks. While it runs, it stands between the socket and pg: rows never reach pg's parser. Not pulling pauses the socket.
 */
import type { Socket } from 'node:net';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import { BinaryFraming } from './binary-framing.ts';
import { CopyFraming } from './copy-framing.ts';
import { malformed } from './copy-split.ts';
import type { BlockSizes, Framing } from './framing.ts';
import { GulpSocket } from '../kit/gulp-socket.ts';
import { PacedReader } from '../kit/paced-reader.ts';
import type { RunningQuery, WireConnection } from './wire-connection.ts';

/** Full blocks that wait at most before the socket is paused. */
const READY_AT_MOST = 2;

type DataListener = (chunk: Buffer) => void;

/** The statement, and the form its rows come in. */
export interface CopyStatement {
  readonly text: string;
  readonly isBinary: boolean;
}

export class CopyQuery implements RunningQuery {
  readonly #text: string;
  readonly #framing: Framing;
  readonly #ready: RowBatch[] = [];
  #socket: Socket | null = null;
  #reader: PacedReader | null = null;
  #theirs: DataListener[] = [];
  #failure: { readonly error: unknown } | null = null;
  #ended = false;
  #discarding = false;
  #tag: string | null = null;
  #wake: (() => void) | null = null;

  constructor({ text, isBinary }: CopyStatement, pool: BatchPool, sizes: BlockSizes) {
    this.#text = text;
    this.#framing = new (isBinary ? BinaryFraming : CopyFraming)(pool, sizes, {
      block: (batch) => this.#enqueue(batch),
      message: (bytes, ready, rest) => this.#forward(bytes, ready, rest),
    });
  }

  /** The next unsplit block, now the caller's; null after the last. */
  async next(): Promise<RowBatch | null> {
    for (;;) {
      const batch = this.#failure === null ? this.#ready.shift() : undefined;
      if (batch !== undefined) {
        if (!this.#ended && this.#ready.length < READY_AT_MOST) this.#reader?.go();
        return batch;
      }
      if (this.#failure !== null) throw this.#failure.error;
      if (this.#ended) return null;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }

  /** Throws away what is still to come; settles when the server is ready again or the connection has failed. */
  async drain(): Promise<void> {
    this.#discarding = true;
    for (const batch of this.#ready.splice(0)) batch.release();
    this.#reader?.go();
    while (!this.#ended) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }

  /** Gives all blocks back after a failure. */
  release(): void {
    for (const batch of this.#ready.splice(0)) batch.release();
    this.#framing.discard();
  }

  submit(connection: WireConnection): void {
    const socket = connection.stream;
    this.#socket = socket;
    // Over TLS a piece is a record, which says nothing about how far ahead of the server we are.
    this.#reader = new PacedReader(socket, { paced: socket instanceof GulpSocket });
    this.#theirs = socket.listeners('data') as DataListener[];
    for (const listener of this.#theirs) socket.off('data', listener);
    // Also where pieces come in bulk: without a listener the stream would not flow.
    socket.on('data', this.#onData);
    if (socket instanceof GulpSocket) socket.bulk = this.#onData;
    socket.cork();
    connection.parse({ text: this.#text, name: '', types: [] });
    connection.bind({ values: [] });
    connection.execute({ portal: '' });
    connection.sync();
    socket.uncork();
  }

  handleError(error: unknown): void {
    this.#failure ??= { error };
    this.#discarding = true;
    // After an error of the server ReadyForQuery follows; after one of the socket nothing does.
    if (this.#socket === null || this.#socket.destroyed || !isServerError(error)) this.#end();
    else this.#reader?.go();
    this.#rouse();
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#tag = message.text;
  }

  handleReadyForQuery(): void {
    // The server's own count of what it sent.
    const isWhole = this.#framing.isWhole && this.#tag === `COPY ${this.#framing.rows}`;
    if (this.#failure === null && !isWhole) this.#failure = { error: malformed() };
  }

  handleRowDescription(): void {
    this.handleError(malformed());
  }

  handleDataRow(): void {
    this.handleError(malformed());
  }

  handlePortalSuspended(): void {
    this.handleError(malformed());
  }

  handleEmptyQuery(): void {
    this.handleError(malformed());
  }

  handleCopyInResponse(): void {
    this.handleError(malformed());
  }

  handleCopyData(): void {
    this.handleError(malformed());
  }

  readonly #onData = (chunk: Buffer): void => {
    try {
      this.#framing.push(chunk);
      if (!this.#ended) this.#reader?.arrived(chunk.length);
    } catch (error) {
      this.#failure ??= { error };
      this.#socket?.destroy();
      this.#end();
      this.#rouse();
    }
  };

  #enqueue(batch: RowBatch): void {
    if (this.#discarding) return batch.release();
    this.#ready.push(batch);
    if (this.#ready.length >= READY_AT_MOST) this.#reader?.hold();
    this.#rouse();
  }

  #forward(bytes: Buffer, ready: boolean, rest: Buffer | null): void {
    const theirs = this.#theirs;
    if (ready) {
      // Before pg hears of it: it may start its next query at once.
      this.#framing.flush();
      this.#giveSocketBack();
    }
    for (const listener of theirs) {
      // pg may keep what it is given, and the piece may be the socket's own buffer.
      listener(Buffer.from(bytes));
      if (rest !== null && rest.length > 0) listener(Buffer.from(rest));
    }
    // Not left to handleReadyForQuery, which pg does not call after an error.
    if (ready) {
      this.#ended = true;
      this.#rouse();
    }
  }

  #giveSocketBack(): void {
    const socket = this.#socket;
    if (socket === null) return;
    socket.off('data', this.#onData);
    if (socket instanceof GulpSocket) socket.bulk = null;
    for (const listener of this.#theirs) socket.on('data', listener);
    this.#theirs = [];
    this.#reader?.end();
  }

  #end(): void {
    this.#ended = true;
    this.#giveSocketBack();
  }

  #rouse(): void {
    this.#wake?.();
    this.#wake = null;
  }
}

function isServerError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'severity' in error;
}
