/**
 * The server's messages as they come out of the socket: rows go into blocks, every other message goes whole to whoever else
 * reads the connection. https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { PieceSize } from '../../ports/connector.ts';
import { malformed } from './copy-split.ts';

export const COPY_DATA = 0x64;
/** A byte for the kind, four for the length, which counts itself. */
export const MESSAGE_HEADER = 5;
const READY_FOR_QUERY = 0x5a;
/** Messages other than rows are short: notices, errors, parameters. */
const OTHER_AT_MOST = 1024 * 1024;

export interface FramingOutput {
  /** A block of whole rows (`fragment` false), or a piece of one long row (`fragment` true; `rows` 1 in its last). */
  block(batch: RowBatch): void;
  /** A whole message of another kind; after ReadyForQuery `rest` is what the chunk holds beyond it. */
  message(bytes: Buffer, ready: boolean, rest: Buffer | null): void;
}

export interface BlockSizes {
  /** What a block holds. */
  readonly blockBytes: number;
  /** A block is given out with the row that reaches one of these; null: when it is full. */
  readonly pieces?: PieceSize | null;
}

export interface Framing {
  /** Rows whose last byte has arrived. */
  readonly rows: number;
  /** The rows have come to the end that their form has. */
  readonly isWhole: boolean;
  push(arrived: Buffer): void;
  /** Gives out the last, unfilled block. */
  flush(): void;
  /** Gives the unfinished block back to the pool. */
  discard(): void;
}

/** Hands a message that holds no rows over and returns its end; null: it has not arrived whole; `ready`: all is said. */
export function takeOther(chunk: Buffer, at: number, out: FramingOutput): number | 'ready' | null {
  const size = chunk.readInt32BE(at + 1) - 4;
  if (size < 0 || size > OTHER_AT_MOST) throw malformed();
  const end = at + MESSAGE_HEADER + size;
  if (end > chunk.length) return null;
  if (chunk[at] === READY_FOR_QUERY) {
    out.message(chunk.subarray(at, end), true, chunk.subarray(end));
    return 'ready';
  }
  out.message(chunk.subarray(at, end), false, null);
  return end;
}
