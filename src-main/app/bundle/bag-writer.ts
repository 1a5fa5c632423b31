import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { FileWriter, Store } from '../../ports/store.ts';
import { requireGoingOn } from './require-going-on.ts';

const BLOCK_BYTES = 256 * 1024;

/** One file of a bag while it is written. */
export interface BagFile extends AsyncDisposable {
  write(bytes: Uint8Array): Promise<void>;
  /** Makes it durable and notes its digest. Nothing may be written afterwards. Disposing only lets go of it. */
  close(): Promise<void>;
}

/** Writes a BagIt 1.0 bag (RFC 8493) into a folder: every file once, with its SHA-256 in the manifest. */
export class BagWriter {
  readonly #store: Store;
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;
  readonly #digests = new Map<string, string>();
  readonly #begun: string[] = [];

  constructor(store: Store, folder: string, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#store = store;
    this.#folder = folder;
  }

  /** Files begun so far. */
  get files(): number {
    return this.#begun.length;
  }

  /** Begins a file; `path` is relative to the bag, `/` between parts. */
  async open(path: string): Promise<BagFile> {
    requireGoingOn(this.#signal);
    const target = join(this.#folder, ...path.split('/'));
    await this.#store.makeFolder(dirname(target));
    const writer = await this.#store.create(target);
    this.#begun.push(target);
    return new HashedFile(writer, (sha256) => this.#digests.set(path, sha256));
  }

  async put(path: string, bytes: Uint8Array): Promise<void> {
    await using file = await this.open(path);
    await file.write(bytes);
    await file.close();
  }

  /** Writes the declaration, and the manifest of everything below `data/`. */
  async finish(): Promise<void> {
    await this.put('bagit.txt', utf8('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'));
    const payload = [...this.#digests].filter(([path]) => path.startsWith('data/'));
    const lines = payload.sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sha256]) => `${sha256}  ${path}\n`);
    await this.put('manifest-sha256.txt', utf8(lines.join('')));
  }

  /** Removes every file begun. */
  async discard(): Promise<void> {
    for (const path of this.#begun) await this.#store.remove(path);
  }
}

/** Gathers small writes into blocks. */
class HashedFile implements BagFile {
  readonly #writer: FileWriter;
  readonly #onClose: (sha256: string) => void;
  readonly #hash = createHash('sha256');
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(writer: FileWriter, onClose: (sha256: string) => void) {
    this.#writer = writer;
    this.#onClose = onClose;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= BLOCK_BYTES) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#writer.sync();
    await this.#writer.close();
    this.#onClose(this.#hash.digest('hex'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close();
  }

  async #flush(): Promise<void> {
    const block = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#hash.update(block);
    await this.#writer.write(block);
  }
}
