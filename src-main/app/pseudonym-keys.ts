import { createHash, randomBytes } from 'node:crypto';
import { appError } from '../../src-shared/errors/app-error.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { fromHex, toHex } from '../../src-shared/util/hex.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import { refuseBadName } from './connections.ts';
import type { Core } from './core.ts';
import type { KeyRecord } from './records.ts';

const vaultName = (key: string): string => `key/${key}`;

/** The record name of a connection's own key; the colon keeps it apart from names people give. */
export const connectionKeyName = (connection: string): string => `connection:${connection}`;

/** Makes a named key: 32 random bytes that go to the vault and nowhere else. */
export async function addKey(core: Core, name: string): Promise<KeyRecord> {
  refuseBadName(name);
  const existing = ownValue(await core.records.keys.read(), name);
  if (existing !== undefined) {
    throw appError('MASK/KEY_EXISTS', {
      message: `There ${existing.destroyed === undefined ? 'is' : 'was'} already a key named ${name}.`,
      remedy: 'Choose another name: tokens of two keys must never be mixed up.',
    });
  }
  return createKey(core, name);
}

async function createKey(core: Core, name: string): Promise<KeyRecord> {
  const ledger = await core.ledger();
  const master = randomBytes(32);
  await (await core.vault()).set(vaultName(name), new SecretText(toHex(master)));
  const record: KeyRecord = { fingerprint: fingerprintOf(master), created: core.clock.now().toISOString() };
  master.fill(0);
  await core.records.keys.update((all) => ({ ...all, [name]: record }));
  await ledger.append('pseudonymkey.created', { outcome: 'success', key: name, fingerprint: record.fingerprint });
  return record;
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
  const own = name.startsWith('connection:');
  const known = ownValue(await core.records.keys.read(), name);
  const record = known ?? (own ? await createKey(core, name) : await keyRecordOf(core, name));
  const secret = record.destroyed === undefined ? await (await core.vault()).get(vaultName(name)) : null;
  const master = secret === null ? undefined : fromHex(secret.reveal());
  if (master === undefined || fingerprintOf(master) !== record.fingerprint) {
    throw appError('MASK/KEY_MISSING', {
      message: `The pseudonym key ${name} is ${record.destroyed === undefined ? 'not in the vault' : 'destroyed'}.`,
      remedy: 'Name another key in the plan, or make one: waybill key add NAME.',
      context: { key: name },
    });
  }
  return { name, fingerprint: record.fingerprint, master };
}

async function keyRecordOf(core: Core, name: string): Promise<KeyRecord> {
  const all = await core.records.keys.read();
  const record = ownValue(all, name);
  if (record !== undefined && record.destroyed === undefined) return record;
  const near = nearest(name, Object.keys(all));
  throw appError('MASK/KEY_MISSING', {
    message: `There is no pseudonym key named ${name}.`,
    remedy: near === undefined || near === name ? 'Make one: waybill key add NAME.' : `Did you mean ${near}?`,
    context: { key: name },
  });
}

// A hash of 32 random bytes gives nothing away and names the key for ever.
function fingerprintOf(master: Uint8Array): string {
  return `SHA256:${createHash('sha256').update('waybill pseudonym key\0').update(master).digest('hex').slice(0, 32)}`;
}
