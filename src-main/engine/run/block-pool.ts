import type { SharedMemory } from '../../ports/web-assembly.ts';

/** What is written to a file and read from it at once. */
export const BLOCK_BYTES = 1024 * 1024;

const PAGE_BYTES = 64 * 1024;
const BLOCKS_OF_A_SLAB = 4;

/**
 * Blocks for files, used again and again. They lie in WebAssembly memory: it begins at a page, as writing past the system's
 * cache needs it, and it is shared, so that another thread hashes a block where it lies. Who takes one gives it back.
 */
class BlockPool {
  readonly #free: Uint8Array[] = [];

  /** A block of {@link BLOCK_BYTES}, with whatever was in it. */
  take(): Uint8Array {
    if (this.#free.length === 0) this.#grow();
    return this.#free.pop() ?? new Uint8Array(BLOCK_BYTES);
  }

  /** Call once for each that was taken; others, of whatever size, are left to the garbage collector. */
  give(block: Uint8Array): void {
    if (block.buffer instanceof SharedArrayBuffer && block.length === BLOCK_BYTES) this.#free.push(block);
  }

  #grow(): void {
    const pages = (BLOCKS_OF_A_SLAB * BLOCK_BYTES) / PAGE_BYTES;
    const { buffer }: SharedMemory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    for (let i = 0; i < BLOCKS_OF_A_SLAB; i++) {
      this.#free.push(new Uint8Array(buffer, i * BLOCK_BYTES, BLOCK_BYTES));
    }
  }
}

/** One for the process: tables and runs come one after the other, and memory of this kind is slow to be given back. */
export const blockPool = new BlockPool();
