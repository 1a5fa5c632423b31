import type { ByteSink } from '../../ports/byte-sink.ts';

/** Appends a short constant. */
export function appendBytes(out: ByteSink, bytes: Uint8Array): void {
  out.room(bytes.length);
  out.bytes.set(bytes, out.length);
  out.length += bytes.length;
}
