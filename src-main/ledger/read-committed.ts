import { openCheckpoint, type Checkpoint } from '../../src-shared/proof/checkpoint.ts';
import { parseEntry } from '../../src-shared/proof/entry.ts';
import { equalBytes } from '../../src-shared/proof/equal-bytes.ts';
import { frontierRoot } from '../../src-shared/proof/merkle.ts';
import type { VerifierKey } from '../../src-shared/proof/vkey.ts';
import type { StoreReader } from '../ports/store.ts';
import { brokenLedger, forkedLedger, truncatedLedger } from './errors.ts';
import { findDamage } from './find-damage.ts';
import { readFrontierCache } from './frontier-cache.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import { nodePrimitives } from './node-primitives.ts';
import { scanEntries, type Scan } from './scan-entries.ts';
import { EMPTY_TREE, type TreeState } from './tree-state.ts';

export const MAX_CHECKPOINT_BYTES = 65_536;
/** Below this a ledger is hashed from its first line at every opening; it takes less than half a second. */
const FULL_SCAN_BYTES = 64 * 1024 * 1024;

/** The signed part of a ledger. */
export interface Committed {
  /** The checkpoint's file, verbatim. */
  readonly note: Uint8Array;
  readonly state: TreeState;
  /** Time of the last entry. */
  readonly lastTime: string;
}

export interface ReadRequest {
  readonly reader: StoreReader;
  readonly paths: LedgerPaths;
  readonly key: VerifierKey;
  /** Ledgers longer than this may be scanned from the cached frontier on. */
  readonly fullScanBytes?: number;
}

/**
 * Reads the checkpoint and exactly the lines it signs. `known` is what this process saw last: it must be a prefix of what
 * is found (`LEDGER/FORKED`), proved by hashing on from its frontier to the signed root.
 */
export async function readCommitted(request: ReadRequest, known: Committed | null): Promise<Committed> {
  const { reader, paths, key } = request;
  const note = await reader.file(paths.checkpoint, MAX_CHECKPOINT_BYTES);
  if (note === null) throw brokenLedger(paths.folder, 'its checkpoint is missing.');
  if (known !== null && equalBytes(note, known.note)) return known;
  const opened = openCheckpoint(nodePrimitives, note, [key]);
  if (!opened.ok) throw brokenLedger(paths.folder, `its checkpoint does not hold. ${opened.reason}`);
  const checkpoint = opened.value;
  if (checkpoint.size === 0) throw brokenLedger(paths.folder, 'its checkpoint counts no entry.');
  if (known !== null && checkpoint.size < known.state.frontier.size) throw forkedLedger(paths.folder);
  const start = known?.state ?? (await cachedStart(request, checkpoint));
  const scan = await scanEntries(reader, paths.entries, { from: start ?? EMPTY_TREE, size: checkpoint.size });
  if (reaches(scan, checkpoint)) return { note, state: scan.state, lastTime: timeOf(scan) ?? known?.lastTime ?? '' };
  return await readFromStart(request, { checkpoint, note, known });
}

/** The shorter way did not lead to the signed root. The whole way tells who is wrong: what was known, or the file. */
async function readFromStart(
  { reader, paths }: ReadRequest,
  seen: { readonly checkpoint: Checkpoint; readonly note: Uint8Array; readonly known: Committed | null },
): Promise<Committed> {
  const { checkpoint, note, known } = seen;
  const scan = await scanEntries(reader, paths.entries, { from: EMPTY_TREE, size: checkpoint.size });
  if (reaches(scan, checkpoint)) {
    if (known !== null) throw forkedLedger(paths.folder);
    return { note, state: scan.state, lastTime: timeOf(scan) ?? '' };
  }
  const found = scan.state.frontier.size;
  if (found < checkpoint.size) throw truncatedLedger(paths.folder, { signed: checkpoint.size, found });
  const seq = await findDamage(reader, paths.entries, checkpoint.size);
  throw brokenLedger(paths.folder, `entry ${seq} is not what was signed.`, seq);
}

async function cachedStart(request: ReadRequest, checkpoint: Checkpoint): Promise<TreeState | null> {
  const { reader, paths, fullScanBytes = FULL_SCAN_BYTES } = request;
  const file = await reader.stat(paths.entries);
  if (file === null || file.size <= fullScanBytes) return null;
  const cached = await readFrontierCache(reader, paths.frontier);
  // At least one line must be left to scan: it tells the time of the last entry.
  return cached !== null && cached.frontier.size < checkpoint.size ? cached : null;
}

function reaches(scan: Scan, checkpoint: Checkpoint): boolean {
  const { frontier } = scan.state;
  return frontier.size === checkpoint.size && equalBytes(frontierRoot(nodePrimitives, frontier), checkpoint.root);
}

function timeOf(scan: Scan): string | undefined {
  if (scan.lastLine === null) return undefined;
  const entry = parseEntry(scan.lastLine);
  return entry.ok ? entry.value.time : undefined;
}
