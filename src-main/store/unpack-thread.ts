// Runs in a worker thread: unpacks files of zstd frames and hands over what was in them.
import { parentPort } from 'node:worker_threads';
import type { UnpackAnswer, UnpackOrder } from './unpack-messages.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** So much may be on its way: a frame may hold a thousand times its bytes, and a block thousands of frames. */
const PLACES = 2;
const PLACE_BYTES = 1024 * 1024;

class File {
  readonly frames = new ZstdFrames();
  pieces: Generator<Uint8Array, undefined> | null = null;
  readonly free = Array.from({ length: PLACES }, () => new Uint8Array(new SharedArrayBuffer(PLACE_BYTES)));
}

const files = new Map<number, File>();

parentPort?.on('message', ({ file: id, what }: UnpackOrder) => {
  if (what === 'drop') {
    files.delete(id);
    return;
  }
  const file = files.get(id) ?? new File();
  files.set(id, file);
  try {
    if (what === 'finish') finish(id, file);
    else if ('taken' in what) more({ id, file, place: what.taken });
    else begin({ id, file, bytes: what });
  } catch (error) {
    file.pieces = null;
    answer({ file: id, what: error instanceof Error ? error : new Error(String(error)) });
  }
});

function begin({ id, file, bytes }: { id: number; file: File; bytes: Uint8Array }): void {
  file.frames.hold(bytes);
  file.pieces = piecesOf(file.frames);
  handOver(id, file);
}

function more({ id, file, place }: { id: number; file: File; place: Uint8Array<SharedArrayBuffer> }): void {
  file.free.push(new Uint8Array(place.buffer));
  handOver(id, file);
}

function* piecesOf(frames: ZstdFrames): Generator<Uint8Array, undefined> {
  for (const unpacked of frames.unpacked()) {
    for (let from = 0; from < unpacked.length; from += PLACE_BYTES) yield unpacked.subarray(from, from + PLACE_BYTES);
  }
}

function handOver(id: number, file: File): void {
  while (file.pieces !== null) {
    const place = file.free.pop();
    if (place === undefined) return;
    const { value } = file.pieces.next();
    if (value === undefined) {
      file.free.push(place);
      file.pieces = null;
      answer({ file: id, what: 'done' });
      return;
    }
    // By `Buffer`: into shared memory typed arrays copy eight bytes at a time.
    Buffer.from(value.buffer).copy(place, 0, value.byteOffset, value.byteOffset + value.length);
    answer({ file: id, what: place.subarray(0, value.length) });
  }
}

function finish(id: number, { frames }: File): void {
  files.delete(id);
  if (!frames.isWhole) throw new Error('the last zstd frame is cut off');
  answer({ file: id, what: 'done' });
}

function answer(message: UnpackAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}
