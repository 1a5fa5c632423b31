/**
 * Splits the rows of a text result set into batches, packet by packet, without a copy but that of the chunk into the
 * block: cells point between the length prefixes. A row longer than a long cell goes through {@link LongRow}.
 * https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_row.html
 */
import { CELL_NULL, LONG_CELL_BYTES, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import { LongRow } from './long-row.ts';
import { malformed } from './malformed.ts';
import { finishCell, finishes } from './respell.ts';
import { MORE_IN_NEXT_PACKET } from './result-head.ts';
import { ServerError } from './server-error.ts';

/** What a block must hold beyond a long cell: packet header, length prefixes, the gap before each cell of a long row. */
export const BLOCK_BYTES = LONG_CELL_BYTES + 64 * 1024;
/** Of rows with many NULLs a block would hold a million cells. */
const MAX_CELLS = 128 * 1024;

export interface RowReaderHow {
  /** Keep the rows unsplit, behind their packet headers. */
  readonly wire: boolean;
  readonly deprecateEof: boolean;
  /** Number of the first row's packet. */
  readonly sequence: number;
}

export class RowReader {
  readonly #pool: BatchPool;
  readonly #how: RowReaderHow;
  readonly #finishes: Uint8Array;
  readonly #ready: RowBatch[] = [];
  #batch: RowBatch;
  /** First byte of the block that is not a whole row yet. */
  #at = 0;
  #sequence: number;
  #long: LongRow | null = null;
  readonly #header = new Uint8Array(4);
  #headerBytes = 0;
  /** Bytes of the long row's packet still to come; -1: its header comes next. */
  #left = -1;
  #more = false;
  #ended = false;
  #failure: ServerError | null = null;

  constructor(pool: BatchPool, how: RowReaderHow) {
    this.#pool = pool;
    this.#how = how;
    this.#finishes = finishes(pool.schema);
    this.#sequence = how.sequence;
    this.#batch = pool.take();
  }

  /** Batches that {@link shift} would give. */
  get ready(): number {
    return this.#ready.length;
  }

  /** The last packet has come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What ended the rows early, after the batches that are ready. */
  get failure(): ServerError | null {
    return this.#failure;
  }

  /** The next batch, now the caller's. */
  shift(): RowBatch | undefined {
    return this.#ready.shift();
  }

  /** Gives all buffers back. */
  release(): void {
    for (const batch of this.#ready.splice(0)) batch.release();
    this.#long?.release();
    this.#long = null;
    if (!this.#ended) this.#batch.release();
    this.#ended = true;
    this.#pool.close();
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    while (from < chunk.length) {
      if (this.#ended) throw malformed();
      if (this.#long !== null) {
        from = this.#pushLong(this.#long, chunk, from);
        continue;
      }
      const batch = this.#batch;
      const size = Math.min(chunk.length - from, this.#pool.blockBytes - batch.tail);
      batch.bytes.set(size === chunk.length ? chunk : chunk.subarray(from, from + size), batch.tail);
      batch.tail += size;
      from += size;
      this.#scan();
    }
  }

  /** Takes every whole packet of the block. */
  #scan(): void {
    while (!this.#ended) {
      const { bytes, tail } = this.#batch;
      const at = this.#at;
      if (tail - at < 4) break;
      const size = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
      if (size > LONG_CELL_BYTES) return this.#startLong();
      if (size === 0 || bytes[at + 3] !== this.#sequence) throw malformed();
      const end = at + 4 + size;
      if (end > tail) break;
      this.#sequence = (this.#sequence + 1) & 0xff;
      const first = bytes[at + 4] as number;
      if (first === 0xff || (first === 0xfe && (size < 9 || this.#how.deprecateEof))) {
        this.#finish(bytes.subarray(at + 4, end), tail === end);
        return;
      }
      if (this.#how.wire) this.#batch.rows++;
      else this.#split(at + 4, end);
      this.#at = end;
      if (this.#batch.cells >= MAX_CELLS) this.#turn();
    }
    if (this.#batch.tail === this.#pool.blockBytes) this.#turn();
  }

  #split(start: number, end: number): void {
    const batch = this.#batch;
    const { bytes } = batch;
    const columns = this.#finishes.length;
    let cell = batch.cells;
    if (cell + columns > batch.starts.length) batch.ensureCells(cell + columns);
    const { starts, ends, flags } = batch;
    let at = start;
    for (let column = 0; column < columns; column++, cell++) {
      if (at >= end) throw malformed();
      let size = bytes[at++] as number;
      if (size >= 0xfb) {
        if (size === 0xfb) {
          starts[cell] = ends[cell] = at;
          flags[cell] = CELL_NULL;
          continue;
        }
        // No cell of a row of at most 1 MiB needs more than three bytes for its length.
        if (size > 0xfd) throw malformed();
        const isShort = size === 0xfc;
        size = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
        if (!isShort) size |= (bytes[at + 2] as number) << 16;
        at += isShort ? 2 : 3;
      }
      if (at + size > end) throw malformed();
      starts[cell] = at;
      at += size;
      ends[cell] = at;
      finishCell(batch, cell, this.#finishes[column] as number);
    }
    if (at !== end) throw malformed();
    batch.cells = cell;
    batch.rows++;
  }

  /** Gives the whole rows away; the bytes behind them move to a fresh block. */
  #turn(): void {
    const full = this.#batch;
    const next = this.#pool.take();
    next.bytes.set(full.bytes.subarray(this.#at, full.tail));
    next.tail = full.tail - this.#at;
    this.#emitRows(full);
    this.#batch = next;
    this.#at = 0;
  }

  #emitRows(batch: RowBatch): void {
    batch.tail = this.#at;
    if (batch.rows > 0) this.#ready.push(batch);
    else batch.release();
  }

  #finish(payload: Uint8Array, isLast: boolean): void {
    if (!isLast) throw malformed();
    if (payload[0] === 0xff) this.#failure = ServerError.parse(payload);
    this.#ended = true;
    this.#emitRows(this.#batch);
  }

  /** The packet at hand is longer than a long cell: its row travels as fragments. */
  #startLong(): void {
    const rest = this.#batch.bytes.slice(this.#at, this.#batch.tail);
    this.#batch.tail = this.#at;
    this.#turn();
    this.#long = new LongRow(this.#pool, this.#finishes, (batch) => this.#ready.push(batch));
    this.#left = -1;
    this.#headerBytes = 0;
    this.push(rest);
  }

  #pushLong(long: LongRow, chunk: Uint8Array, from: number): number {
    let at = from;
    if (this.#left < 0) {
      this.#header[this.#headerBytes++] = chunk[at++] as number;
      if (this.#headerBytes < 4) return at;
      this.#startPacket();
    }
    const to = Math.min(chunk.length, at + this.#left);
    long.write(chunk, at, to);
    this.#left -= to - at;
    if (this.#left === 0) this.#endPacket(long);
    return to;
  }

  #startPacket(): void {
    const [low = 0, middle = 0, high = 0, sequence] = this.#header;
    if (sequence !== this.#sequence) throw malformed();
    this.#sequence = (this.#sequence + 1) & 0xff;
    this.#left = low | (middle << 8) | (high << 16);
    this.#more = this.#left === MORE_IN_NEXT_PACKET;
    this.#headerBytes = 0;
  }

  #endPacket(long: LongRow): void {
    this.#left = -1;
    if (this.#more) return;
    long.end();
    this.#long = null;
  }
}
