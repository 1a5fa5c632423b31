/**
 * Gives a buffer's memory back at once. The collector counts it until it comes upon it, and a few megabytes of what is soon
 * done with make it look through the whole heap.
 */
export function releaseMemory({ buffer }: Uint8Array): void {
  // A small one may lie in a buffer that others lie in as well.
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}
