import { appError } from '../../src-shared/errors/app-error.ts';
import { openCheckpoint, type Checkpoint } from '../../src-shared/proof/checkpoint.ts';
import { continues, MAX_ENTRY_BYTES, parseEntry, type Entry } from '../../src-shared/proof/entry.ts';
import { equalBytes } from '../../src-shared/proof/equal-bytes.ts';
import { LineSplitter } from '../../src-shared/proof/line-splitter.ts';
import { frontierRoot } from '../../src-shared/proof/merkle.ts';
import type { VerifierKey } from '../../src-shared/proof/vkey.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import type { StoreReader } from '../ports/store.ts';
import { findLedger, type LedgerPlace } from './current-ledger.ts';
import { brokenLedger, ledgerGone, truncatedLedger } from './errors.ts';
import { ledgerPaths, type LedgerPaths } from './ledger-paths.ts';
import { nodePrimitives } from './node-primitives.ts';
import { MAX_CHECKPOINT_BYTES } from './read-committed.ts';
import { blocksFrom } from './scan-entries.ts';
import { EMPTY_TREE, takeLine } from './tree-state.ts';

export interface LedgerRecord {
  readonly seq: number;
  /** Hex of the leaf hash of the line. */
  readonly leafHash: string;
  /** The exact line without LF; the reader's own copy. */
  readonly line: Uint8Array;
  readonly entry: Entry;
}

export interface LedgerHead extends Checkpoint {
  /** The signed note, verbatim. */
  readonly note: string;
}

/** Reads a ledger while others may write it: no lock, no vault, nothing written. */
export interface LedgerReader {
  /** The key that this home knows the ledger by. */
  readonly key: VerifierKey;
  readonly folder: string;
  readonly current: boolean;
  /** The signed checkpoint as it is now; verified. */
  checkpoint(): Promise<LedgerHead>;
  /**
   * The entries that the checkpoint of this moment signs, in order. Chain and root are checked on the way; damage throws
   * `LEDGER/BROKEN` or `LEDGER/TRUNCATED`, a wrong root only after the last entry.
   */
  entries(): AsyncIterable<LedgerRecord>;
  /** One entry; `LEDGER/ENTRY_ABSENT` when the ledger does not have it. */
  entry(seq: number): Promise<LedgerRecord>;
}

/** Opens the home's ledger, or the one of that origin, for reading; `LEDGER/ABSENT` when there is none. */
export async function openLedgerReader(place: LedgerPlace, origin?: string): Promise<LedgerReader> {
  const known = await findLedger(place, origin);
  const source = { reader: place.reader, paths: ledgerPaths(known.folder), key: known.key };
  return {
    ...known,
    checkpoint: () => readHead(source),
    entries: () => readEntries(source),
    entry: (seq) => readEntry(source, seq),
  };
}

interface Source {
  readonly reader: StoreReader;
  readonly paths: LedgerPaths;
  readonly key: VerifierKey;
}

async function readHead({ reader, paths, key }: Source): Promise<LedgerHead> {
  const bytes = await reader.file(paths.checkpoint, MAX_CHECKPOINT_BYTES);
  if (bytes === null) {
    if ((await reader.stat(paths.folder)) === null) throw ledgerGone(paths.folder);
    throw brokenLedger(paths.folder, 'its checkpoint is missing.');
  }
  const opened = openCheckpoint(nodePrimitives, bytes, [key]);
  if (!opened.ok) throw brokenLedger(paths.folder, `its checkpoint does not hold. ${opened.reason}`);
  const { origin, size, root } = opened.value;
  return { origin, size, root, note: fromUtf8(bytes) ?? '' };
}

async function* readEntries(source: Source): AsyncGenerator<LedgerRecord> {
  const { reader, paths } = source;
  const head = await readHead(source);
  let state = EMPTY_TREE;
  const splitter = new LineSplitter(MAX_ENTRY_BYTES);
  for await (const block of blocksFrom(reader, paths.entries, 0)) {
    // Copies: the consumer may keep a line, the splitter needs its block only until the next one.
    for (const line of splitter.push(block).map((view) => view.slice())) {
      const seq = state.frontier.size;
      if (seq === head.size) break;
      const entry = parseEntry(line);
      if (!entry.ok) throw brokenLedger(paths.folder, `entry ${seq} cannot be read. ${entry.reason}`, seq);
      if (continues(entry.value, seq, state.lastLeaf) !== 'yes') {
        throw brokenLedger(paths.folder, `entry ${seq} does not continue the one before it.`, seq);
      }
      state = takeLine(state, line);
      yield { seq, leafHash: state.lastLeaf ?? '', line, entry: entry.value };
    }
    if (state.frontier.size === head.size || splitter.overlong) break;
  }
  const found = state.frontier.size;
  if (found < head.size && splitter.overlong) throw brokenLedger(paths.folder, `entry ${found} is too long.`, found);
  if (found < head.size) throw truncatedLedger(paths.folder, { signed: head.size, found });
  if (!equalBytes(frontierRoot(nodePrimitives, state.frontier), head.root)) {
    throw brokenLedger(paths.folder, 'its entries do not give the root that was signed.', head.size - 1);
  }
}

async function readEntry(source: Source, seq: number): Promise<LedgerRecord> {
  for await (const record of readEntries(source)) if (record.seq === seq) return record;
  const { size } = await readHead(source);
  throw appError('LEDGER/ENTRY_ABSENT', {
    message: `The ledger has no entry ${seq}; its entries are 0 to ${size - 1}.`,
    remedy: 'List them with `waybill ledger list`.',
    context: { seq, size },
  });
}
