import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import { sameKey, type VerifierKey } from '../../src-shared/proof/vkey.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import { readVkey } from './current-ledger.ts';
import { entryLine } from './entry-line.ts';
import type { LedgerHome } from './ledger-home.ts';
import { makeLedgerKey, MAX_KEY_FILE_BYTES, passphraseName, type NewLedgerKey } from './ledger-key.ts';
import { keyPaths, ledgerPaths, originHash } from './ledger-paths.ts';
import { joinLines, signTree } from './persist-lines.ts';
import { keepReserve } from './reserve.ts';
import { EMPTY_TREE, takeLine } from './tree-state.ts';

export interface NewLedger {
  /** A domain that owns the ledger; part of its origin. */
  readonly org?: string;
  /** The ledger this one follows, with its last checkpoint where that could be read. */
  readonly after?: { readonly origin: string; readonly checkpoint: string | null };
}

// RFC 1123 host names of at least two labels.
const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;

/** Where a ledger is prepared. Its `log.vkey` is written last: once it is there, the ledger is going to exist. */
function draftOf(home: LedgerHome): { folder: string; secretKey: string } {
  const folder = join(home.ledgerFolder, '.new.partial');
  return { folder, secretKey: join(folder, 'ledger.key.enc') };
}

/**
 * Makes a ledger and its key: entry 0, signed checkpoint, key files. A crash at any point leaves either nothing that
 * counts or a draft that {@link finishLedger} completes. Only under the lock of ledger creation.
 */
export async function createLedger(home: LedgerHome, wish: NewLedger): Promise<void> {
  const origin = newOrigin(wish.org);
  const key = makeLedgerKey(origin);
  const facts = await home.vault.set(passphraseName(origin), key.passphrase);
  if (!facts.durable && !home.throwAway) {
    throw appError('VAULT/LOCKED', {
      message: 'The key of a ledger must outlive this session, and the vault only keeps it in memory.',
      remedy: 'Use the keychain, or a passphrase vault with `--passphrase-file FILE` or WAYBILL_PASSPHRASE.',
    });
  }
  await draftLedger(home, key, wish);
  await finishLedger(home);
}

function newOrigin(org: string | undefined): string {
  if (org !== undefined && !DOMAIN.test(org)) {
    throw appError('CLI/USAGE', {
      message: 'The owner of a ledger is named by a domain.',
      remedy: 'Give a domain such as example.com with --org, or leave it out.',
    });
  }
  return `${org === undefined ? '' : `${org.toLowerCase()}/`}waybill-ledger/${randomUUID()}`;
}

async function draftLedger(home: LedgerHome, key: NewLedgerKey, wish: NewLedger): Promise<void> {
  const { store } = home;
  const draft = draftOf(home);
  const paths = ledgerPaths(draft.folder);
  await store.makeFolder(draft.folder);
  for (const { name } of (await store.read.list(draft.folder)) ?? []) await store.remove(join(draft.folder, name));
  const data = {
    origin: key.key.name,
    vkey: key.key.vkey,
    registration: null,
    ...(home.throwAway ? { throwAway: true } : {}),
    ...(wish.after === undefined ? {} : { after: wish.after }),
  };
  const line = entryLine(home, { state: EMPTY_TREE, now: home.clock.now() }, { type: 'ledger.created', data });
  await store.replace(paths.entries, joinLines([line]));
  await store.replace(paths.checkpoint, utf8(signTree(key, takeLine(EMPTY_TREE, line))));
  await keepReserve(store, paths.reserve);
  await store.replace(draft.secretKey, key.encrypted);
  await store.replace(paths.vkey, utf8(`${key.key.vkey}\n`));
}

/** Whether a prepared ledger waits to be completed. */
export async function hasDraft(home: LedgerHome): Promise<boolean> {
  return (await home.store.read.stat(ledgerPaths(draftOf(home).folder).vkey)) !== null;
}

/**
 * Completes a prepared ledger: retires the key files of the one before, puts its own in their place, gives the folder its
 * name. Every step can be done again. Only under the lock of ledger creation.
 */
export async function finishLedger(home: LedgerHome): Promise<void> {
  const { store } = home;
  const draft = draftOf(home);
  const key = await readVkey(store.read, ledgerPaths(draft.folder).vkey);
  if (key === null) return;
  const keys = keyPaths(home.keysFolder);
  await store.makeFolder(home.keysFolder);
  const previous = await readVkey(store.read, keys.vkey);
  if (previous !== null && !sameKey(previous, key)) await retireKey(home, previous);
  const secret = await store.read.file(draft.secretKey, MAX_KEY_FILE_BYTES);
  if (secret !== null) await store.replace(keys.secretKey, secret);
  await store.replace(keys.vkey, utf8(`${key.vkey}\n`));
  await store.remove(draft.secretKey);
  await store.renameNew(draft.folder, join(home.ledgerFolder, originHash(key.name)));
}

/** The secret key is copied only once: on a second attempt the file may hold the new one already. */
async function retireKey(home: LedgerHome, previous: VerifierKey): Promise<void> {
  const { store } = home;
  const { secretKey, retiredFolder } = keyPaths(home.keysFolder);
  await store.makeFolder(retiredFolder);
  const name = join(retiredFolder, originHash(previous.name));
  if ((await store.read.stat(`${name}.vkey`)) !== null) return;
  const secret = await store.read.file(secretKey, MAX_KEY_FILE_BYTES);
  if (secret !== null) await store.replace(`${name}.key.enc`, secret);
  await store.replace(`${name}.vkey`, utf8(`${previous.vkey}\n`));
}
