import { posix } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { FileReader, FileWriter, Store, StoreEntry, StoreReader } from '../../src-main/ports/store.ts';
import { Crash } from './crash.ts';

export type MemoryFiles = Map<string, Uint8Array>;

/** A store in memory. Two stores over the same `files` are two processes on one disk. */
export class MemoryStore implements Store {
  readonly files: MemoryFiles;
  readonly #folders = new Set<string>();
  readonly #crash: Crash;
  readonly read: StoreReader;

  constructor(files: MemoryFiles = new Map(), crash = new Crash()) {
    this.files = files;
    this.#crash = crash;
    this.read = {
      file: async (path, maxBytes) => {
        const bytes = this.files.get(path);
        if (bytes !== undefined && bytes.length > maxBytes) throw new Error(`${path} is larger than ${maxBytes}`);
        return await Promise.resolve(bytes === undefined ? null : Uint8Array.from(bytes));
      },
      blocks: (path, start = 0) => blocksOf(this.files.get(path) ?? new Uint8Array(), start),
      open: (path) => Promise.resolve(readerOf(() => this.files.get(path) ?? new Uint8Array(), path)),
      list: (path) => Promise.resolve(this.#list(path)),
      stat: (path) => Promise.resolve(this.#stat(path)),
      freeBytes: () => Promise.resolve(null),
    };
  }

  async create(path: string): Promise<FileWriter> {
    this.#crash.beforeChange();
    if (this.files.has(path)) throw appError('SPOOL/EXISTS', { message: 'The file is there.', context: { path } });
    this.files.set(path, new Uint8Array());
    return await this.openAppend(path);
  }

  openAppend(path: string): Promise<FileWriter> {
    if (!this.files.has(path)) this.files.set(path, new Uint8Array());
    const { files } = this;
    const bytes = () => files.get(path) ?? new Uint8Array();
    const change = (next: Uint8Array) => {
      this.#crash.beforeChange();
      files.set(path, next);
      return Promise.resolve();
    };
    return Promise.resolve({
      get size() {
        return bytes().length;
      },
      write: (more) => change(Buffer.concat([bytes(), more])),
      flushEarly: () => Promise.resolve(bytes().length),
      sync: () => Promise.resolve(),
      truncate: (size) => change(bytes().slice(0, size)),
      close: () => Promise.resolve(),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    this.#crash.beforeChange();
    this.files.set(path, Uint8Array.from(bytes));
    return await Promise.resolve();
  }

  async renameNew(from: string, to: string): Promise<void> {
    this.#crash.beforeChange();
    const bytes = this.files.get(from);
    if (bytes === undefined || this.files.has(to)) throw appError('SPOOL/EXISTS', { message: 'The name is taken.' });
    this.files.delete(from);
    this.files.set(to, bytes);
    return await Promise.resolve();
  }

  makeFolder(path: string): Promise<void> {
    this.#folders.add(path);
    return Promise.resolve();
  }

  async remove(path: string): Promise<void> {
    this.#crash.beforeChange();
    const below = [...this.files.keys(), ...this.#folders].some((name) => name.startsWith(`${path}/`));
    if (below) throw appError('SPOOL/EXISTS', { message: 'The folder holds something.', context: { path } });
    this.files.delete(path);
    this.#folders.delete(path);
    return await Promise.resolve();
  }

  /** Memory has no modes. */
  widen(): Promise<void> {
    this.#crash.beforeChange();
    return Promise.resolve();
  }

  #list(folder: string): readonly StoreEntry[] | null {
    const paths = [...this.files.keys()].filter((path) => posix.dirname(path) === folder).sort();
    if (paths.length === 0 && !this.#folders.has(folder)) return null;
    return paths.flatMap((path) => this.#stat(path) ?? []);
  }

  #stat(path: string): StoreEntry | null {
    const name = posix.basename(path);
    const bytes = this.files.get(path);
    if (bytes !== undefined) return { name, kind: 'file', size: bytes.length, modifiedMs: 0 };
    return this.#folders.has(path) ? { name, kind: 'folder', size: 0, modifiedMs: 0 } : null;
  }
}

function readerOf(bytes: () => Uint8Array, opened: string): FileReader {
  const close = () => Promise.resolve();
  return {
    read(into, position) {
      const part = bytes().subarray(position, position + into.length);
      into.set(part);
      return Promise.resolve(part.length);
    },
    isAt: (path) => Promise.resolve(path === opened),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function* blocksOf(bytes: Uint8Array, start: number): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes.subarray(start));
}
