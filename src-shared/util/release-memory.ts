/** What is smaller is no matter. */
const WORTH_BYTES = 16 * 1024;
/** Node puts short buffers side by side into one of this size (`Buffer.poolSize`), which cannot be given back. */
const POOL_BYTES = 64 * 1024;

/**
 * Gives the memory that bytes lie in back at once; whoever calls it is the only one who has any of it. The collector counts it until it comes
 * upon it, and a few megabytes of what is soon done with make it look through the whole heap.
 */
export function releaseMemory({ buffer, length }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer)) return;
  const isOwn = buffer.byteLength === length ? length > WORTH_BYTES : buffer.byteLength > POOL_BYTES;
  if (isOwn) buffer.transfer(0);
}
