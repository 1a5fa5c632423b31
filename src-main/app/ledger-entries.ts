import { knownLedgers, ledgerFolders, type LedgerPlace } from '../ledger/current-ledger.ts';
import { ledgerKeyLost } from '../ledger/errors.ts';
import { nodePrimitives } from '../ledger/node-primitives.ts';
import { openLedgerReader, type LedgerRecord } from '../ledger/read-ledger.ts';
import { startLedger, type LedgerStart } from '../ledger/start-ledger.ts';
import { homePaths } from '../store/home-paths.ts';
import { appError } from '../../src-shared/errors/app-error.ts';
import { keyFingerprint, parseVkey } from '../../src-shared/proof/vkey.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import type { Core } from './core.ts';
import { ledgerHome } from './open-home-ledger.ts';
import type { Verifier } from './trusted-keys.ts';

/** One line of the ledger's list. */
export interface EntrySummary {
  readonly seq: number;
  readonly time: string;
  readonly type: string;
  readonly outcome: string | null;
  /** What it speaks of: a run, a connection, a key. */
  readonly about: string;
}

/** A ledger of the home: the one being written, or an earlier one that is only verified any more. */
export interface LedgerFacts {
  readonly origin: string;
  readonly folder: string;
  readonly current: boolean;
}

export interface EntryList {
  /** null: the home has no ledger yet. */
  readonly origin: string | null;
  readonly folder: string | null;
  readonly size: number;
  readonly entries: readonly EntrySummary[];
  /** All ledgers of the home. */
  readonly ledgers: readonly LedgerFacts[];
}

/** All entries of the home's ledger, or of the one of that origin, oldest first; reads only. */
export async function listEntries(verifier: Verifier, origin?: string): Promise<EntryList> {
  const place = placeOf(verifier);
  const ledgers = (await knownLedgers(place)).map(({ key, folder, current }) => ({
    origin: key.name,
    folder,
    current,
  }));
  if (ledgers.length === 0 && origin === undefined) {
    await refuseOrphan(place);
    return { origin: null, folder: null, size: 0, entries: [], ledgers };
  }
  const reader = await openLedgerReader(place, origin);
  const entries: EntrySummary[] = [];
  for await (const record of reader.entries()) entries.push(summaryOf(record));
  return { origin: reader.key.name, folder: reader.folder, size: entries.length, entries, ledgers };
}

/** A ledger whose public key is gone is no empty home. */
async function refuseOrphan(place: LedgerPlace): Promise<void> {
  const [orphan] = await ledgerFolders(place);
  if (orphan !== undefined) throw ledgerKeyLost(orphan, 'its public key is missing in the home.');
}

/** One entry with its exact line; reads only. */
export async function showEntry(
  verifier: Verifier,
  { seq, origin }: { seq: number; origin?: string | undefined },
): Promise<{ seq: number; leafHash: string; line: string; entry: unknown }> {
  const record = await (await openLedgerReader(placeOf(verifier), origin)).entry(seq);
  const line = fromUtf8(record.line) ?? '';
  return { seq, leafHash: record.leafHash, line, entry: JSON.parse(line) as unknown };
}

/** The signed checkpoint, verbatim; reads only. */
export async function ledgerCheckpoint(
  verifier: Verifier,
  origin?: string,
): Promise<{ checkpoint: string; vkey: string; fingerprint: string; folder: string }> {
  const reader = await openLedgerReader(placeOf(verifier), origin);
  return { checkpoint: (await reader.checkpoint()).note, ...bothForms(reader.key.vkey), folder: reader.folder };
}

/** Starts a ledger, or a new one after the present one. */
export async function startNewLedger(
  core: Core,
  start: LedgerStart,
): Promise<{ origin: string; vkey: string; fingerprint: string }> {
  const { origin, vkey } = await startLedger(await ledgerHome(core), start);
  return { origin, ...bothForms(vkey) };
}

/** A key whole, and as short as `verify` names one that is not pinned: what people read to each other. */
function bothForms(vkey: string): { vkey: string; fingerprint: string } {
  const parsed = parseVkey(nodePrimitives, vkey);
  if (!parsed.ok) throw appError('APP/INVARIANT', { message: 'The key of the ledger cannot be read.' });
  return { vkey, fingerprint: keyFingerprint(nodePrimitives, parsed.value) };
}

function placeOf({ reader, home }: Verifier): LedgerPlace {
  const { ledgerFolder, keysFolder } = homePaths(home);
  return { reader, ledgerFolder, keysFolder };
}

function summaryOf({ seq, entry }: LedgerRecord): EntrySummary {
  if (entry.kind === 'seal') {
    return { seq, time: entry.time, type: 'package.sealed', outcome: null, about: `run ${entry.run}` };
  }
  const { correlation, connection, target, key, plan, outcome } = entry.data;
  const named = [plan, connection, target, key, correlation].map(nameOf).filter((text) => text !== '');
  return {
    seq,
    time: entry.time,
    type: entry.type,
    outcome: typeof outcome === 'string' ? outcome : null,
    about: named.join(', '),
  };
}

function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string')
    return value.name;
  return '';
}
