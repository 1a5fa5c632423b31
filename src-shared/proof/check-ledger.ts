import { counted, isOrAre } from '../util/format-number.ts';
import { fromUtf8 } from '../util/utf8.ts';
import { openCheckpoint, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { MAX_ENTRY_BYTES, parseEntry, type Entry } from './entry.ts';
import { equalBytes } from './equal-bytes.ts';
import type { FindingLog } from './finding-log.ts';
import type { FolderReader } from './folder-reader.ts';
import { LedgerWalk, type Probe } from './ledger-walk.ts';
import { LineSplitter } from './line-splitter.ts';
import { parseNote } from './note.ts';
import { openAnchors } from './open-anchors.ts';
import { readFile } from './read-file.ts';
import type { VerifyOptions } from './verdict.ts';
import { parseVkey, type VerifierKey } from './vkey.ts';

const MAX_CHECKPOINT_BYTES = 65_536;
const MAX_VKEY_BYTES = 4_096;

/** The files of a ledger, wherever they lie. */
export interface LedgerFiles {
  readonly entries: string;
  readonly checkpoint: string;
  /** Absent where only entry 0 names the key. */
  readonly vkey?: string;
}

/** What the containers of a ledger ask of its check beyond the ledger itself. */
export interface LedgerCheckRequest {
  readonly folder: FolderReader;
  readonly files: LedgerFiles;
  readonly options: VerifyOptions;
  readonly log: FindingLog;
  /** Called once with the signer, before any entry is read: what else must the ledger have passed through? */
  readonly probesFor?: (signer: VerifierKey) => Promise<readonly Probe[]>;
  readonly onEntry?: (entry: Entry, leafHash: string) => void;
}

export interface LedgerCheck {
  readonly signer: VerifierKey | undefined;
  readonly size: number | undefined;
  readonly anchored: number | undefined;
}

/** Checks a ledger: checkpoint first, then exactly as many lines as it counts. What the lines are followed by is ignored. */
export async function checkLedger(request: LedgerCheckRequest): Promise<LedgerCheck> {
  const { folder, files, log } = request;
  const note = await readFile(folder, files.checkpoint, MAX_CHECKPOINT_BYTES);
  const signer = await claimedSigner(request);
  const checkpoint = openHead(request, note, signer);
  if (checkpoint === undefined) return { signer, size: undefined, anchored: undefined };
  const anchors = signer === undefined ? [] : openAnchors(request.options, signer, log);
  const probes = anchors.map((anchor) => anchorProbe(anchor, log));
  if (signer !== undefined) probes.push(...((await request.probesFor?.(signer)) ?? []));
  for (const anchor of anchors) {
    if (anchor.size > checkpoint.size) {
      log.add(
        'ANCHOR_BEYOND_LEDGER',
        `A checkpoint kept outside counts ${counted(anchor.size, 'entry')}, the ledger ${checkpoint.size}.`,
      );
    }
  }
  const walk = new LedgerWalk({
    primitives: request.options.primitives,
    log,
    probes,
    onEntry: (entry, hash) => {
      if (entry.seq === 0) judgeStart(entry, { checkpoint, signer }, log);
      request.onEntry?.(entry, hash);
    },
  });
  await walkEntries(request, walk, checkpoint);
  const holding = anchors.filter((anchor) => anchor.size <= checkpoint.size).map((anchor) => anchor.size);
  return {
    signer,
    size: checkpoint.size,
    anchored: log.broken || holding.length === 0 ? undefined : Math.max(...holding),
  };
}

async function walkEntries(request: LedgerCheckRequest, walk: LedgerWalk, checkpoint: Checkpoint): Promise<void> {
  const { log } = request;
  if (checkpoint.size === 0) {
    log.add('LEDGER_START_INVALID', 'The ledger has no entry 0.');
    return;
  }
  const lines = new LineSplitter(MAX_ENTRY_BYTES);
  for await (const chunk of request.folder.open(request.files.entries)) {
    for (const line of lines.push(chunk)) {
      if (walk.size === checkpoint.size) break;
      if (!walk.take(line)) return;
    }
    if (walk.size === checkpoint.size || lines.overlong) break;
  }
  if (walk.size < checkpoint.size) {
    const seq = walk.size;
    if (lines.overlong) log.add('ENTRY_INVALID', 'It is longer than 65,535 bytes.', { seq });
    else
      log.add(
        'LEDGER_TRUNCATED',
        `The checkpoint counts ${counted(checkpoint.size, 'entry')}, ${seq} ${isOrAre(seq)} there.`,
        { seq },
      );
  } else if (!equalBytes(walk.root, checkpoint.root)) {
    log.add(
      'ROOT_MISMATCH',
      'The entries do not give the root that the checkpoint signs; the last one may have been changed.',
    );
  }
}

/** Whose key the ledger says it is: its key file, else entry 0. Compared with what the caller knows, never trusted. */
async function claimedSigner({ folder, files, options, log }: LedgerCheckRequest): Promise<VerifierKey | undefined> {
  const text = files.vkey === undefined ? await startKey(folder, files.entries) : await keyText(folder, files.vkey);
  const key = parseVkey(options.primitives, text ?? '');
  if (key.ok) return key.value;
  log.add('VKEY_INVALID', `The key of the ledger cannot be read. ${key.reason}`, { path: files.vkey ?? files.entries });
  return undefined;
}

/** The text of a key file: one line, with or without its end. */
export async function keyText(folder: FolderReader, path: string): Promise<string | undefined> {
  const bytes = await readFile(folder, path, MAX_VKEY_BYTES);
  return bytes === undefined ? undefined : fromUtf8(bytes)?.replace(/\n$/, '');
}

async function startKey(folder: FolderReader, path: string): Promise<string | undefined> {
  const lines = new LineSplitter(MAX_ENTRY_BYTES);
  for await (const chunk of folder.open(path)) {
    const [first] = lines.push(chunk);
    if (first !== undefined) {
      const entry = parseEntry(first);
      const vkey = entry.ok && entry.value.kind === 'event' ? entry.value.data['vkey'] : undefined;
      return typeof vkey === 'string' ? vkey : undefined;
    }
    if (lines.overlong) break;
  }
  return undefined;
}

function openHead(
  { options, log, files }: LedgerCheckRequest,
  bytes: Uint8Array | undefined,
  signer: VerifierKey | undefined,
): Checkpoint | undefined {
  const path = files.checkpoint;
  if (bytes === undefined) {
    log.add('CHECKPOINT_INVALID', 'The checkpoint is longer than any checkpoint.', { path });
    return undefined;
  }
  const signed = openCheckpoint(options.primitives, bytes, signer === undefined ? [] : [signer]);
  if (signed.ok) return signed.value;
  log.add('CHECKPOINT_INVALID', `The checkpoint does not hold. ${signed.reason}`, { path });
  // Already BROKEN. What it claims still helps to say where.
  const note = parseNote(bytes);
  const claimed = note.ok ? parseCheckpoint(note.value.text) : note;
  return claimed.ok ? claimed.value : undefined;
}

function anchorProbe({ size, root }: Checkpoint, log: FindingLog): Probe {
  const onMismatch = (): void =>
    log.add('ANCHOR_MISMATCH', `The first ${size} entries are not those of the checkpoint kept outside.`, {
      seq: size - 1,
    });
  return { size, root, onMismatch };
}

function judgeStart(
  entry: Entry,
  { checkpoint, signer }: { checkpoint: Checkpoint; signer: VerifierKey | undefined },
  log: FindingLog,
): void {
  if (entry.kind !== 'event' || entry.type !== 'ledger.created') {
    log.add('LEDGER_START_INVALID', 'Entry 0 does not create the ledger.', { seq: 0 });
    return;
  }
  const { origin, vkey, throwAway } = entry.data;
  if (origin !== checkpoint.origin)
    log.add('LEDGER_START_INVALID', 'Entry 0 creates a ledger of another origin.', { seq: 0 });
  if (signer !== undefined && vkey !== signer.vkey) {
    log.add('SIGNER_MISMATCH', 'Entry 0 names another key than the one that signs.', { seq: 0 });
  }
  if (throwAway === true)
    log.add('THROW_AWAY', 'The key of this ledger is a throw-away: nobody vouches for it.', { seq: 0 });
}
