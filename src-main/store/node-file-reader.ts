import { constants } from 'node:fs';
import { lstat, type FileHandle } from 'node:fs/promises';
import type { FileReader } from '../ports/store.ts';
import { DirectHandle } from './direct-handle.ts';
import { errnoOf, readError } from './errors.ts';

/** Reads one file by places over a node:fs handle, from the disk itself where it can. Owns the handle. */
export class NodeFileReader implements FileReader {
  readonly #handle: FileHandle;
  readonly #direct: DirectHandle;
  readonly #path: string;

  constructor(handle: FileHandle, path: string) {
    this.#handle = handle;
    this.#direct = new DirectHandle(handle, constants.O_RDONLY);
    this.#path = path;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    try {
      let length = await this.#direct.read(into, position);
      while (length < into.length) {
        const { bytesRead } = await this.#handle.read(into, length, into.length - length, position + length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return length;
    } catch (error) {
      throw readError(error, this.#path);
    }
  }

  async isAt(path: string): Promise<boolean> {
    try {
      const [mine, found] = [await this.#handle.stat({ bigint: true }), await lstat(path, { bigint: true })];
      return mine.dev === found.dev && mine.ino === found.ino;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false;
      throw readError(error, path);
    }
  }

  async close(): Promise<void> {
    await this.#direct.close();
    await this.#handle.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
