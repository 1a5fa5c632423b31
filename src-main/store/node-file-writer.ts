import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { FileWriter } from '../ports/store.ts';
import { DirectHandle } from './direct-handle.ts';
import { existsError, writeError } from './errors.ts';

/** Owner may read and write, nobody else anything. */
export const FILE_MODE = 0o600;

// Both are absent on Windows. Never through a link; never waiting for the other end of a pipe.
const SAFE_FLAGS = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const MODE_BITS = 0o777;

/** Opens a writer; `exclusive` demands that the file does not exist yet. The mode is 0600 from the open call on. */
export async function openFileWriter(
  path: string,
  how: { readonly exclusive: boolean; readonly bulk?: boolean },
): Promise<NodeFileWriter> {
  const flags = constants.O_WRONLY | constants.O_CREAT | SAFE_FLAGS | (how.exclusive ? constants.O_EXCL : 0);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, flags, FILE_MODE);
    const found = await handle.stat();
    if (!found.isFile()) throw existsError(path);
    // A umask can only have taken bits away; an older file may have too many. Either way: exactly 0600.
    if ((found.mode & MODE_BITS) !== FILE_MODE && process.platform !== 'win32') await handle.chmod(FILE_MODE);
    const direct = how.bulk === true ? new DirectHandle(handle, constants.O_WRONLY) : null;
    return new NodeFileWriter(handle, { path, size: found.size, direct });
  } catch (error) {
    await handle?.close();
    throw writeError(error, path);
  }
}

/** Writes one file in order over a node:fs handle. */
export class NodeFileWriter implements FileWriter {
  readonly #handle: FileHandle;
  /** The same file, past the system's cache; null: not asked for. */
  readonly #direct: DirectHandle | null;
  readonly #path: string;
  #size: number;
  #open = true;
  #failure: unknown = undefined;
  #flushing: Promise<void> | null = null;
  #safe = 0;

  constructor(handle: FileHandle, file: { path: string; size: number; direct: DirectHandle | null }) {
    this.#handle = handle;
    this.#direct = file.direct;
    this.#path = file.path;
    this.#size = file.size;
  }

  get size(): number {
    return this.#size;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#attempt(async () => {
      let written = (await this.#direct?.write(bytes, this.#size)) ?? 0;
      this.#size += written;
      while (written < bytes.length) {
        const result = await this.#handle.write(bytes, written, bytes.length - written, this.#size);
        if (result.bytesWritten === 0) throw shortWrite(this.#path);
        written += result.bytesWritten;
        this.#size += result.bytesWritten;
      }
    });
  }

  async flushEarly(): Promise<number> {
    if (!this.#open || this.#failure !== undefined) return 0;
    this.#flushing ??= this.#flush(this.#size);
    await this.#flushing;
    return this.#failure === undefined ? this.#safe : 0;
  }

  async sync(): Promise<void> {
    await this.#settleFlush();
    await this.#attempt(() => this.#handle.sync());
  }

  async truncate(size: number): Promise<void> {
    await this.#attempt(async () => {
      await this.#handle.truncate(size);
      this.#size = size;
    });
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#settleFlush();
    try {
      await this.#direct?.close();
      await this.#handle.close();
    } catch (error) {
      throw writeError(error, this.#path);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** A failed early write-back is remembered: after it nothing that was written can be trusted. */
  async #flush(size: number): Promise<void> {
    try {
      await this.#handle.datasync();
      this.#safe = size;
    } catch (error) {
      this.#failure ??= error;
    } finally {
      this.#flushing = null;
    }
  }

  async #settleFlush(): Promise<void> {
    if (this.#flushing !== null) await this.#flushing;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (!this.#open) throw appError('SPOOL/WRITE_FAILED', { message: `The file ${this.#path} is closed already.` });
    if (this.#failure !== undefined) throw writeError(this.#failure, this.#path);
    try {
      await work();
    } catch (error) {
      this.#failure = error;
      throw writeError(error, this.#path);
    }
  }
}

function shortWrite(path: string): Error {
  return appError('SPOOL/WRITE_FAILED', {
    message: `The system took no bytes for ${path}.`,
    remedy: 'Check the volume, then try again.',
    context: { path },
  });
}
