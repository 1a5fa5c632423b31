import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import type { Store } from '../ports/store.ts';
import type { VaultBackendId } from '../ports/vault.ts';
import { unreadable } from './errors.ts';
import type { HomeVault } from './home-vault.ts';
import { MAX_DOCUMENT_BYTES, newSalt, openDocument, parseDocument, sealDocument } from './passphrase-document.ts';
import { derivePassphraseKey, type PassphraseKey } from './passphrase-key.ts';
import { checkSecretName } from './secret-name.ts';

export interface VaultFileOptions {
  readonly vault: HomeVault;
  readonly store: Store;
  /** Absolute path of the file. */
  readonly path: string;
  /** Protects the file; need not be that of the passphrase vault. */
  readonly passphrase: SecretText;
}

export interface VaultExportReport {
  readonly path: string;
  readonly names: readonly string[];
}

/** Writes all durable secrets of a home into one new file under a passphrase, and reads it back. */
export async function exportVault(options: VaultFileOptions): Promise<VaultExportReport> {
  const { vault, store, path, passphrase } = options;
  const secrets = new Map<string, string>();
  for (const { name } of await vault.list()) {
    const secret = await vault.get(name);
    if (secret !== null) secrets.set(name, secret.reveal());
  }
  const salt = newSalt();
  const key = await derivePassphraseKey(passphrase, salt);
  await store.makeFolder(dirname(path));
  await writeNew(store, path, sealDocument('vault-export/1', { salt, key, secrets }));
  const back = await readSecrets(options, () => Promise.resolve(key));
  for (const [name, value] of secrets) {
    if (back.get(name) !== value) throw unreadable('The export does not read back as it was written.');
  }
  return { path, names: [...secrets.keys()] };
}

export interface VaultImportReport {
  readonly imported: readonly string[];
  /** Were there already, with the same value. */
  readonly unchanged: readonly string[];
}

/**
 * Stores the secrets of an export in this home. All or none are begun: one name that holds another value here is
 * `VAULT/SECRET_EXISTS` before anything is written. Importing again after a crash goes on where it stopped.
 */
export async function importVault(
  options: VaultFileOptions,
  into?: Exclude<VaultBackendId, 'session'>,
): Promise<VaultImportReport> {
  const { vault, passphrase } = options;
  const secrets = await readSecrets(options, (salt) => derivePassphraseKey(passphrase, salt));
  const imported: string[] = [];
  const unchanged: string[] = [];
  for (const [name, value] of secrets) {
    checkSecretName(name);
    const here = await vault.get(name);
    if (here !== null && here.reveal() !== value) throw conflict(name);
    (here === null ? imported : unchanged).push(name);
  }
  for (const name of imported) await vault.set(name, new SecretText(secrets.get(name) ?? ''), into);
  return { imported, unchanged };
}

async function readSecrets(
  { store, path }: VaultFileOptions,
  keyFor: (salt: Uint8Array) => Promise<PassphraseKey>,
): Promise<Map<string, string>> {
  const bytes = await store.read.file(path, MAX_DOCUMENT_BYTES);
  if (bytes === null) {
    throw appError('VAULT/SECRET_ABSENT', {
      message: 'There is no such file to import.',
      remedy: 'Give the path of a file made with `vault export`.',
    });
  }
  const closed = parseDocument('vault-export/1', bytes);
  return openDocument(closed, await keyFor(closed.salt));
}

/** Under its name only when it is whole, and never in place of another file. */
async function writeNew(store: Store, path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await using file = await store.create(partial);
    await file.write(bytes);
    await file.sync();
    await file.close();
    await store.renameNew(partial, path);
  } catch (error) {
    await store.remove(partial);
    throw error;
  }
}

function conflict(name: string): Error {
  return appError('VAULT/SECRET_EXISTS', {
    message: 'A secret of the file is already in this home with another value.',
    remedy: 'Remove it here first, or import into a new home.',
    context: { name },
  });
}
