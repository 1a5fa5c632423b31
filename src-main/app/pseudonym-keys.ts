import { createHash, randomBytes } from 'node:crypto';
import { appError, isAppError } from '../../src-shared/errors/app-error.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { fromHex, toHex } from '../../src-shared/util/hex.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import { refuseBadName } from './connections.ts';
import type { Core } from './core.ts';
import { lockRecords } from './lock-records.ts';
import { RECORD_NAME, type KeyRecord } from './records.ts';

const vaultName = (key: string): string => `key/${key}`;

/** The record name of a connection's own key; the colon keeps it apart from names people give. */
export const connectionKeyName = (connection: string): string => `connection:${connection}`;

const isOwnKey = (name: string): boolean => name.startsWith(connectionKeyName(''));

/** Makes a named key: 32 random bytes that go to the vault and nowhere else. */
export async function addKey(core: Core, name: string): Promise<KeyRecord> {
  refuseBadName(name);
  const existing = ownValue(await core.records.keys.read(), name);
  if (existing !== undefined) throw keyExists(name, existing);
  return createKey(core, name, (other) => {
    throw keyExists(name, other);
  });
}

/** A name stands for one fingerprint for ever: it is in the ledger and in packages that were handed over. */
function keyExists(name: string, { destroyed }: KeyRecord): Error {
  return appError('MASK/KEY_EXISTS', {
    message:
      destroyed === undefined
        ? `There is already a key named ${name}.`
        : `The name ${name} belongs to a key that was destroyed on ${dayOf(destroyed)}.`,
    remedy: 'Choose another name: tokens of two keys must never be mixed up.',
    context: { key: name },
  });
}

/** `taken`: what becomes of one that somebody else made meanwhile, e.g. another look at the same new connection. */
async function createKey(core: Core, name: string, taken: (other: KeyRecord) => KeyRecord): Promise<KeyRecord> {
  const ledger = await core.ledger();
  const vault = await core.vault();
  // Opened before the lock is taken: it may have to wait for a person.
  await vault.backendFor();
  using _alone = await lockRecords(core, core.home.keys);
  const other = ownValue(await core.records.keys.read(), name);
  if (other !== undefined) return taken(other);
  const master = randomBytes(32);
  await vault.set(vaultName(name), new SecretText(toHex(master)));
  const record: KeyRecord = { fingerprint: fingerprintOf(master), created: core.clock.now().toISOString() };
  master.fill(0);
  await core.records.keys.update((all) => ({ ...all, [name]: record }));
  await ledger.append('pseudonymkey.created', { outcome: 'success', key: name, fingerprint: record.fingerprint });
  return record;
}

/** A key that can still be used; `MASK/KEY_MISSING` says whether it never was or was destroyed. Opens no vault. */
export function requireKey(core: Core, name: string): Promise<KeyRecord> {
  return keyRecordOf(core, name);
}

/**
 * Whether a run would find the key: `MASK/KEY_MISSING` when it never was, was destroyed, or has lost its secret. False where
 * the secret could not be looked at, because its vault opens to a passphrase that nobody gave yet. Makes no key.
 */
export async function requireKeySecret(core: Core, name: string): Promise<boolean> {
  if (isOwnKey(name) && ownValue(await core.records.keys.read(), name) === undefined) return true;
  const record = await keyRecordOf(core, name);
  if (!(await (await core.vault()).opensUnasked(vaultName(name)))) return false;
  (await readMaster(core, name, record)).fill(0);
  return true;
}

/** Destroys a key for good: nobody can link its tokens to values through us afterwards. */
export async function destroyKey(core: Core, name: string): Promise<KeyRecord> {
  const record = await keyRecordOf(core, name);
  const ledger = await core.ledger();
  await (await core.vault()).remove(vaultName(name));
  const destroyed = { ...record, destroyed: core.clock.now().toISOString() };
  await core.records.keys.update((all) => ({ ...all, [name]: destroyed }));
  await ledger.append('pseudonymkey.destroyed', { outcome: 'success', key: name, fingerprint: record.fingerprint });
  return destroyed;
}

export interface PseudonymKey {
  readonly name: string;
  readonly fingerprint: string;
  readonly master: Uint8Array;
}

/** A named key, or `MASK/KEY_MISSING`; a connection's own key is made at its first use. */
export async function openKey(core: Core, name: string): Promise<PseudonymKey> {
  const known = ownValue(await core.records.keys.read(), name);
  if (known === undefined && isOwnKey(name)) await createKey(core, name, (other) => other);
  const record = await keyRecordOf(core, name);
  return { name, fingerprint: record.fingerprint, master: await readMaster(core, name, record) };
}

async function readMaster(core: Core, name: string, { fingerprint }: KeyRecord): Promise<Uint8Array> {
  const secret = await secretOf(core, name);
  const master = secret === null ? undefined : fromHex(secret.reveal());
  if (master !== undefined && fingerprintOf(master) === fingerprint) return master;
  throw appError('MASK/KEY_MISSING', {
    message: `The pseudonym key ${name} is not in the vault.`,
    remedy: 'Bring the vault it was made in here (waybill vault import FILE), or name another key in the plan.',
    context: { key: name },
  });
}

async function secretOf(core: Core, name: string): Promise<SecretText | null> {
  try {
    return await (await core.vault()).get(vaultName(name));
  } catch (error) {
    // The vault knows of a secret that somebody took out of it.
    if (isAppError(error, 'VAULT/SECRET_ABSENT')) return null;
    throw error;
  }
}

async function keyRecordOf(core: Core, name: string): Promise<KeyRecord> {
  const all = await core.records.keys.read();
  const record = ownValue(all, name);
  if (record?.destroyed !== undefined) throw destroyedKey(name, record.destroyed);
  if (record !== undefined) return record;
  throw appError('MASK/KEY_MISSING', {
    message: `There is no pseudonym key named ${name}.`,
    remedy: wayToKey(name, all),
    context: { key: name },
  });
}

function wayToKey(name: string, all: Readonly<Record<string, KeyRecord>>): string {
  const usable = Object.entries(all).filter(([key, { destroyed }]) => RECORD_NAME.test(key) && destroyed === undefined);
  const near = nearest(
    name,
    usable.map(([key]) => key),
  );
  const make = RECORD_NAME.test(name) ? `Make it: waybill key add ${name}.` : 'See: waybill key list.';
  return near === undefined ? make : `Did you mean ${near}? If not: ${make.charAt(0).toLowerCase()}${make.slice(1)}`;
}

function destroyedKey(name: string, destroyed: string): Error {
  return appError('MASK/KEY_MISSING', {
    message: `The pseudonym key ${name} was destroyed on ${dayOf(destroyed)}: its tokens cannot be made again.`,
    remedy: 'Make a key with another name, and name that one in the plan: waybill key add NAME.',
    context: { key: name },
  });
}

const dayOf = (time: string): string => time.slice(0, 10);

// A hash of 32 random bytes gives nothing away and names the key for ever.
function fingerprintOf(master: Uint8Array): string {
  return `SHA256:${createHash('sha256').update('waybill pseudonym key\0').update(master).digest('hex').slice(0, 32)}`;
}
