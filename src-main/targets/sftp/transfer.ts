import { throwIfAborted } from '../kit/cancelled.ts';
import type { SftpLink } from './link.ts';

/** What OpenSSH takes in one packet (256 KiB less headers); other servers get it in the pieces they announce. */
const PIECE_BYTES = 255 * 1024;
/** Requests on their way at once: with a round trip of t, throughput is at most IN_FLIGHT * PIECE_BYTES / t. */
const IN_FLIGHT = 32;

export interface Transfer {
  readonly link: SftpLink;
  readonly handle: Buffer;
  readonly signal: AbortSignal;
}

/** Writes all blocks with many requests in flight; resolves when the server has acknowledged every one. */
export async function writePipelined(
  { link, handle, signal }: Transfer,
  source: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const flying = new Set<Promise<void>>();
  const failure: { error: unknown } = { error: null };
  let position = 0;
  for await (const block of source) {
    const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      throwIfAborted(signal);
      if (failure.error !== null) throw failure.error;
      const length = Math.min(PIECE_BYTES, bytes.length - start);
      const at = position;
      const request: Promise<void> = link
        .call((sftp, done) => sftp.write(handle, bytes, start, length, at, (error) => done(error)))
        .then(() => onBytes(length))
        .catch((error: unknown) => void (failure.error ??= error))
        .finally(() => flying.delete(request));
      flying.add(request);
      position += length;
      if (flying.size >= IN_FLIGHT) await Promise.race(flying);
    }
  }
  await Promise.all(flying);
  if (failure.error !== null) throw failure.error;
}

/** The first `size` bytes and whatever lies behind them, in order, with many requests in flight. */
export async function* readPipelined({ link, handle, signal }: Transfer): AsyncGenerator<Uint8Array> {
  const flying: Promise<Uint8Array | Error>[] = [];
  let position = 0;
  try {
    for (;;) {
      while (flying.length < IN_FLIGHT) {
        // A failure is kept until its turn, or it would count as unhandled.
        flying.push(readPiece(link, handle, position).catch((error: unknown) => asError(error)));
        position += PIECE_BYTES;
      }
      const piece = await flying.shift();
      throwIfAborted(signal);
      if (piece === undefined) return;
      if (piece instanceof Error) throw piece;
      if (piece.length > 0) yield piece;
      if (piece.length < PIECE_BYTES) return;
    }
  } finally {
    // The handle is closed after this; the server answers in order.
    await Promise.all(flying);
  }
}

const END_OF_FILE = 1;

/** A whole piece, shorter only at the end of the file: servers may answer with less than was asked for. */
async function readPiece(link: SftpLink, handle: Buffer, position: number): Promise<Uint8Array> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let length = 0;
  while (length < PIECE_BYTES) {
    const from = length;
    const got = await link.call<number>((sftp, done) =>
      sftp.read(handle, piece, from, PIECE_BYTES - from, position + from, (error, bytes) => {
        // As the protocol numbers it (draft-ietf-secsh-filexfer-02 §7).
        const atEnd = error !== undefined && error !== null && 'code' in error && error.code === END_OF_FILE;
        done(atEnd ? null : error, atEnd ? 0 : bytes);
      }),
    );
    if (got === 0) break;
    length += got;
  }
  return piece.subarray(0, length);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('a read failed', { cause: error });
}
