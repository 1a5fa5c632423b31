/** One statement sent and its answer read, with the socket stopped while nobody pulls. */
import type { Duplex } from 'node:stream';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import { GulpSocket } from '../kit/gulp-socket.ts';
import { PacedReader } from '../kit/paced-reader.ts';
import { translateError } from './errors.ts';
import type { WireColumn } from './result-head.ts';
import { ResultReader, type ResultHow } from './result-reader.ts';

/** Batches that wait unpulled before the socket is stopped. */
const READY_AT_MOST = 2;
/** Of an answer that is longer the server is read in gulps. */
const SHORT_BYTES = 256 * 1024;
const COM_QUERY = 3;
const PACKET_BYTES = 0xffffff;

export class Exchange {
  readonly #socket: Duplex;
  readonly #reader: ResultReader;
  readonly #pace: PacedReader;
  #received = 0;
  #failure: unknown = null;
  #wake: () => void = () => undefined;
  readonly #onData = (chunk: Uint8Array): void => {
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.#fail(error);
    }
    this.#received += chunk.length;
    if (this.#reader.ready >= READY_AT_MOST || this.#reader.ended) this.#pace.hold();
    else if (this.#received > SHORT_BYTES) this.#pace.arrived(chunk.length);
    this.#wake();
  };
  readonly #onGone = (): void => {
    this.#fail(translateError(this.#socket.errored));
    this.#wake();
  };

  constructor(socket: Duplex, sql: string, how: Omit<ResultHow, 'sequence'>) {
    this.#socket = socket;
    // Over TLS a piece is a record, which says nothing about how far ahead of the server we are.
    this.#pace = new PacedReader(socket, { paced: socket instanceof GulpSocket });
    const packets = queryPackets(sql);
    this.#reader = new ResultReader({ ...how, sequence: packets.length & 0xff });
    // Also where pieces come in bulk: without a listener the stream would not flow.
    socket.on('data', this.#onData);
    if (socket instanceof GulpSocket) socket.bulk = this.#onData;
    socket.on('close', this.#onGone);
    if (socket.destroyed) this.#onGone();
    else for (const packet of packets) socket.write(packet);
  }

  /** Complete once {@link next} has given something. */
  get columns(): readonly WireColumn[] {
    return this.#reader.columns;
  }

  /** The next batch, now the caller's; null after the last. Throws `ServerError` and what broke the protocol. */
  async next(): Promise<RowBatch | null> {
    for (;;) {
      const batch = this.#reader.shift();
      if (batch !== undefined) return batch;
      if (this.#reader.ended) {
        this.#detach();
        if (this.#reader.failure !== null) throw this.#reader.failure;
        return null;
      }
      if (this.#failure !== null) throw this.#failure;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      this.#pace.go();
      await promise;
    }
  }

  /** Reads to the end and throws the rows away. */
  async drain(): Promise<void> {
    for (let batch = await this.next(); batch !== null; batch = await this.next()) batch.release();
  }

  /** Gives all buffers back. The socket is as the answer left it. */
  release(): void {
    this.#detach();
    this.#reader.release();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#socket.destroy();
  }

  #detach(): void {
    this.#pace.hold();
    this.#socket.off('data', this.#onData);
    if (this.#socket instanceof GulpSocket) this.#socket.bulk = null;
    this.#socket.off('close', this.#onGone);
  }
}

function queryPackets(sql: string): readonly Buffer[] {
  const payload = Buffer.concat([Buffer.from([COM_QUERY]), Buffer.from(sql, 'utf8')]);
  const packets: Buffer[] = [];
  for (let from = 0; from <= payload.length; from += PACKET_BYTES) {
    const part = payload.subarray(from, from + PACKET_BYTES);
    const header = Buffer.alloc(4);
    header.writeUIntLE(part.length, 0, 3);
    header[3] = packets.length & 0xff;
    packets.push(Buffer.concat([header, part]));
  }
  return packets;
}
