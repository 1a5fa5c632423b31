import type { StoreEntry, StoreReader } from '../../ports/store.ts';
import type { VerifierKey } from '../../../src-shared/proof/vkey.ts';
import { blocksFrom } from '../../ledger/scan-entries.ts';
import { MAX_CHECKPOINT_BYTES } from '../../ledger/read-committed.ts';
import type { EntrySource } from './entry-detail.ts';
import { EntryIndex } from './entry-index.ts';
import { headOf, type StatedHead } from './ledger-head.ts';

/** Where the files of a ledger lie; absolute. */
export interface EntryFiles {
  readonly entries: string;
  readonly checkpoint: string;
}

interface Known {
  readonly files: EntryFiles;
  readonly note: string;
  readonly stamp: string;
  readonly source: EntrySource;
}

/** The index over one ledger's entries, kept until its files change; entries that were only added are read alone. */
export class EntriesOnDisk {
  readonly #reader: StoreReader;
  #known: Known | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(reader: StoreReader) {
    this.#reader = reader;
  }

  /** `key`: whose signature the checkpoint must bear. Callers take turns, so that nothing is indexed twice. */
  source(files: EntryFiles, key: VerifierKey | null): Promise<EntrySource> {
    const mine = this.#turn.then(() => this.#refresh(files, key));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** What was read is no longer believed. */
  forget(): void {
    this.#known = null;
  }

  async #refresh(files: EntryFiles, key: VerifierKey | null): Promise<EntrySource> {
    const bytes = await this.#checkpoint(files);
    const note = Buffer.from(bytes ?? []).toString('base64');
    const stamp = stampOf(await this.#reader.stat(files.entries));
    const known = this.#known?.files.entries === files.entries ? this.#known : null;
    if (known !== null && known.note === note && known.stamp === stamp) return known.source;
    const head = headOf(bytes, key);
    const source = (await this.#grown(known, { files, head, note })) ?? (await this.#read(files, head));
    this.#known = { files, note, stamp, source };
    return source;
  }

  /** The known index with what came since; null when that does not lead to the signed root. */
  async #grown(
    known: Known | null,
    now: { readonly files: EntryFiles; readonly head: StatedHead | null; readonly note: string },
  ): Promise<EntrySource | null> {
    const { files, head, note } = now;
    if (known === null || head === null || known.note === note) return null;
    const { index } = known.source;
    if (!head.signed || index.lines.length === 0 || index.lines.length > head.size) return null;
    await index.extend(this.#blocks(files, index.bytes), head.size);
    const reaches = index.tree.size === head.size && Buffer.from(index.tree.root(head.size)).equals(head.root);
    return reaches ? { index, head, read: (start) => this.#blocks(files, start) } : null;
  }

  async #read(files: EntryFiles, head: StatedHead | null): Promise<EntrySource> {
    const index = new EntryIndex();
    await index.extend(this.#blocks(files, 0), head?.size ?? Infinity);
    return { index, head, read: (start) => this.#blocks(files, start) };
  }

  #blocks({ entries }: EntryFiles, start: number): AsyncIterable<Uint8Array> {
    return blocksFrom(this.#reader, entries, start);
  }

  /** A checkpoint that cannot be read is none: verification says why. */
  async #checkpoint({ checkpoint }: EntryFiles): Promise<Uint8Array | null> {
    const found = await this.#reader.stat(checkpoint);
    if (found?.kind !== 'file' || found.size > MAX_CHECKPOINT_BYTES) return null;
    return this.#reader.file(checkpoint, MAX_CHECKPOINT_BYTES);
  }
}

const stampOf = (entry: StoreEntry | null): string => (entry === null ? '' : `${entry.size}:${entry.modifiedMs}`);
