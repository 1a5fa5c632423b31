import { join } from 'node:path';
import { parseVkey, type VerifierKey } from '../../src-shared/proof/vkey.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import type { StoreReader } from '../ports/store.ts';
import { brokenLedger, ledgerAbsent } from './errors.ts';
import { keyPaths, originHash } from './ledger-paths.ts';
import { nodePrimitives } from './node-primitives.ts';

const MAX_VKEY_BYTES = 4096;
const LEDGER_FOLDER = /^[0-9a-f]{8}$/;

/** Where the ledgers of a home and their public keys lie. */
export interface LedgerPlace {
  readonly reader: StoreReader;
  readonly ledgerFolder: string;
  readonly keysFolder: string;
}

/** A ledger of this home, with the key that this home knows it by: not the one that the ledger claims. */
export interface KnownLedger {
  readonly key: VerifierKey;
  readonly folder: string;
  /** It is the one being written; the others are only verified any more. */
  readonly current: boolean;
}

/** The ledger of the home; null before the first one was made. */
export async function currentLedger(place: LedgerPlace): Promise<KnownLedger | null> {
  const key = await readVkey(place.reader, keyPaths(place.keysFolder).vkey);
  return key === null ? null : { key, folder: join(place.ledgerFolder, originHash(key.name)), current: true };
}

/** All ledgers of the home whose keys it knows, the current one first. */
export async function knownLedgers(place: LedgerPlace): Promise<readonly KnownLedger[]> {
  const current = await currentLedger(place);
  const { retiredFolder } = keyPaths(place.keysFolder);
  const known = current === null ? [] : [current];
  for (const { name } of (await place.reader.list(retiredFolder)) ?? []) {
    if (!name.endsWith('.vkey')) continue;
    const key = await readVkey(place.reader, join(retiredFolder, name));
    if (key === null || key.name === current?.key.name) continue;
    known.push({ key, folder: join(place.ledgerFolder, originHash(key.name)), current: false });
  }
  return known;
}

/** The ledger of that origin, or the current one. */
export async function findLedger(place: LedgerPlace, origin?: string): Promise<KnownLedger> {
  const known = await knownLedgers(place);
  const found = known.find((ledger) => (origin === undefined ? ledger.current : ledger.key.name === origin));
  if (found === undefined) throw ledgerAbsent(place.ledgerFolder, origin);
  return found;
}

/** Folders of ledgers, known or not. */
export async function ledgerFolders(place: Pick<LedgerPlace, 'reader' | 'ledgerFolder'>): Promise<readonly string[]> {
  const entries = (await place.reader.list(place.ledgerFolder)) ?? [];
  return entries.filter(({ name, kind }) => kind === 'folder' && LEDGER_FOLDER.test(name)).map(({ name }) => name);
}

/** The key in a file; null when there is no such file. */
export async function readVkey(reader: StoreReader, path: string): Promise<VerifierKey | null> {
  const bytes = await reader.file(path, MAX_VKEY_BYTES);
  if (bytes === null) return null;
  const key = parseVkey(nodePrimitives, fromUtf8(bytes)?.replace(/\n$/, '') ?? '');
  if (!key.ok) throw brokenLedger(path, `the file of its public key cannot be read. ${key.reason}`);
  return key.value;
}
