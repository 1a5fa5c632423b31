import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { errnoOf } from './errors.ts';

/** What the place in the file, the length and the place in memory must be multiples of, on every volume known. */
export const DIRECT_BYTES = 4096;
/** Opening the file once more is not worth it for less. */
const WORTH_BYTES = 1024 * 1024;
/** How volumes and systems say that they have no such thing. */
const NOT_HERE = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOENT', 'EACCES', 'ELOOP', 'ENOSYS', 'EPERM']);

/**
 * The way past the system's cache (Linux: open(2), O_DIRECT) to a file that is open already. Writing 1 GB so costs a tenth
 * of the processor time of copying it into the cache, and what is read so comes from the disk. What it does not take, it
 * leaves to its caller: it answers 0.
 */
export class DirectHandle {
  readonly #file: FileHandle;
  readonly #access: number;
  /** undefined: not tried yet; null: cannot be had. */
  #direct: FileHandle | null | undefined;

  /** `access`: `O_RDONLY` or `O_WRONLY`. `file` stays its owner's. */
  constructor(file: FileHandle, access: number) {
    this.#file = file;
    this.#access = access;
  }

  /** Writes a beginning of `bytes`, and returns how much. A failure that is not the way's own is thrown. */
  async write(bytes: Uint8Array, position: number): Promise<number> {
    const length = wholeBytes(bytes, position);
    return await this.#try(length, async (direct) => (await direct.write(bytes, 0, length, position)).bytesWritten);
  }

  /** Fills a beginning of `into`, and returns how much; 0 at the file's end as well. */
  async read(into: Uint8Array, position: number): Promise<number> {
    const length = wholeBytes(into, position);
    return await this.#try(length, async (direct) => (await direct.read(into, 0, length, position)).bytesRead);
  }

  async close(): Promise<void> {
    const direct = this.#direct;
    this.#direct = null;
    await direct?.close();
  }

  async #try(length: number, work: (direct: FileHandle) => Promise<number>): Promise<number> {
    if (length === 0) return 0;
    if (this.#direct === undefined) this.#direct = await this.#open();
    if (this.#direct === null) return 0;
    try {
      return await work(this.#direct);
    } catch (error) {
      if (errnoOf(error) !== 'EINVAL') throw error;
      // Opening was allowed and using is not: the volume wants other multiples, or has no such thing.
      await this.close();
      return 0;
    }
  }

  /** By its number, so that it is this very file whatever has become of its name. */
  async #open(): Promise<FileHandle | null> {
    const { O_DIRECT } = constants;
    if (process.platform !== 'linux' || O_DIRECT === undefined) return null;
    try {
      return await open(`/proc/self/fd/${this.#file.fd}`, this.#access | O_DIRECT);
    } catch (error) {
      if (NOT_HERE.has(errnoOf(error) ?? '')) return null;
      throw error;
    }
  }
}

/** As many bytes as may go this way; 0: none, or not worth it. Memory that does not begin at a page is not known to lie right. */
function wholeBytes(bytes: Uint8Array, position: number): number {
  const isAtPage = bytes.buffer instanceof SharedArrayBuffer && bytes.byteOffset % DIRECT_BYTES === 0;
  if (!isAtPage || position % DIRECT_BYTES !== 0 || bytes.length < WORTH_BYTES) return 0;
  return bytes.length - (bytes.length % DIRECT_BYTES);
}
