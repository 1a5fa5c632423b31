import { openLedgerReader, type LedgerReader, type LedgerRecord } from '../ledger/read-ledger.ts';
import { startLedger, type LedgerStart } from '../ledger/start-ledger.ts';
import { homePaths } from '../store/home-paths.ts';
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

export interface EntryList {
  readonly origin: string;
  readonly size: number;
  readonly entries: readonly EntrySummary[];
}

/** All entries, oldest first; reads only. */
export async function listEntries(verifier: Verifier): Promise<EntryList> {
  const reader = await readerOf(verifier);
  const entries: EntrySummary[] = [];
  for await (const record of reader.entries()) entries.push(summaryOf(record));
  return { origin: reader.key.name, size: entries.length, entries };
}

/** One entry with its exact line; reads only. */
export async function showEntry(
  verifier: Verifier,
  seq: number,
): Promise<{ seq: number; leafHash: string; line: string; entry: unknown }> {
  const record = await (await readerOf(verifier)).entry(seq);
  const line = fromUtf8(record.line) ?? '';
  return { seq, leafHash: record.leafHash, line, entry: JSON.parse(line) as unknown };
}

/** The signed checkpoint, verbatim; reads only. */
export async function ledgerCheckpoint(verifier: Verifier): Promise<{ checkpoint: string; vkey: string }> {
  const reader = await readerOf(verifier);
  return { checkpoint: (await reader.checkpoint()).note, vkey: reader.key.vkey };
}

/** Starts a ledger, or a new one after the present one. */
export async function startNewLedger(core: Core, start: LedgerStart): Promise<{ origin: string; vkey: string }> {
  const { origin, vkey } = await startLedger(await ledgerHome(core), start);
  return { origin, vkey };
}

function readerOf({ reader, home }: Verifier): Promise<LedgerReader> {
  const { ledgerFolder, keysFolder } = homePaths(home);
  return openLedgerReader({ reader, ledgerFolder, keysFolder });
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
