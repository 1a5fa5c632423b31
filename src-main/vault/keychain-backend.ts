import { join } from 'node:path';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import type { Store } from '../ports/store.ts';
import type { VaultBackend, VaultBackendFacts } from '../ports/vault.ts';
import { translateKeychainError, unreadable } from './errors.ts';
import type { KeychainCalls } from './keychain-calls.ts';
import { probe } from './probe.ts';
import { mustSeal, newSealKey, parseSealEntry, seal, sealedFileName, sealEntry, unseal } from './sealed-file.ts';
import { checkSecretName } from './secret-name.ts';

export interface KeychainBackendOptions {
  readonly calls: KeychainCalls;
  /** Part of the service name: two homes on one keychain do not meet. */
  readonly installation: string;
  /** Folder of the sealed files. */
  readonly sealedFolder: string;
  readonly store: Store;
  readonly platform: NodeJS.Platform;
}

const MAX_SEALED_BYTES = 16 * 1024 * 1024;

/** The operating system's keychain. A null from it is believed only after a write-read-delete test. */
export class KeychainBackend implements VaultBackend {
  readonly facts: VaultBackendFacts;
  readonly #options: KeychainBackendOptions;
  readonly #service: string;

  constructor(options: KeychainBackendOptions) {
    this.#options = options;
    this.#service = `waybill:${options.installation}`;
    this.facts = keychainFacts(options.platform);
  }

  async get(name: string): Promise<SecretText | null> {
    checkSecretName(name);
    const entry = await this.#read(name);
    if (entry !== null) return new SecretText(await this.#open(name, entry));
    await this.#proveOpen();
    return null;
  }

  async set(name: string, secret: SecretText): Promise<void> {
    checkSecretName(name);
    const before = await this.#read(name);
    const entry = await this.#entryFor(name, secret.reveal());
    await this.#write(name, entry);
    const back = await this.#read(name);
    if (back !== entry || (await this.#open(name, back)) !== secret.reveal()) {
      throw unreadable('The keychain did not give back the secret it was given.');
    }
    if (before !== null && before !== entry) await this.#removeSealed(name, before);
  }

  async remove(name: string): Promise<boolean> {
    checkSecretName(name);
    const entry = await this.#read(name);
    if (entry === null) {
      await this.#proveOpen();
      return false;
    }
    const deleted = await this.#erase(name);
    if ((await this.#read(name)) !== null)
      throw unreadable('The keychain still holds the secret it was told to delete.');
    // Not deleted and not found: only an open keychain may say so.
    if (!deleted) await this.#proveOpen();
    await this.#removeSealed(name, entry);
    return true;
  }

  /** Throws `VAULT/LOCKED` or `VAULT/UNAVAILABLE` unless the keychain really stores. */
  async #proveOpen(): Promise<void> {
    await probe({
      get: async (name) => {
        const entry = await this.#read(name);
        return entry === null ? null : new SecretText(entry);
      },
      set: (name, secret) => this.#write(name, secret.reveal()),
      remove: (name) => this.#erase(name),
    });
  }

  /** The text to store in the keychain: the secret, or the key of the file it was just sealed into. */
  async #entryFor(name: string, secret: string): Promise<string> {
    if (!mustSeal(secret)) return secret;
    const key = newSealKey();
    await this.#options.store.makeFolder(this.#options.sealedFolder);
    await this.#options.store.replace(this.#path(sealedFileName(key, name)), seal(key, name, secret));
    return sealEntry(key);
  }

  async #open(name: string, entry: string): Promise<string> {
    const key = parseSealEntry(entry);
    if (key === null) return entry;
    const file = await this.#options.store.read.file(this.#path(sealedFileName(key, name)), MAX_SEALED_BYTES);
    if (file === null) throw unreadable('The sealed file of a secret is missing, only its key is in the keychain.');
    return unseal(key, name, file);
  }

  async #removeSealed(name: string, entry: string): Promise<void> {
    const key = parseSealEntry(entry);
    if (key !== null) await this.#options.store.remove(this.#path(sealedFileName(key, name)));
  }

  #path(file: string): string {
    return join(this.#options.sealedFolder, file);
  }

  async #read(name: string): Promise<string | null> {
    return await translated(this.#options.calls.getPassword(this.#service, name));
  }

  async #write(name: string, entry: string): Promise<void> {
    await translated(this.#options.calls.setPassword(this.#service, name, entry));
  }

  async #erase(name: string): Promise<boolean> {
    return await translated(this.#options.calls.deletePassword(this.#service, name));
  }
}

async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw translateKeychainError(error);
  }
}

function keychainFacts(platform: NodeJS.Platform): VaultBackendFacts {
  const [title, protection] = KEYCHAINS[platform] ?? SECRET_SERVICE;
  return { id: 'keychain', title, protection, durable: true };
}

const SECRET_SERVICE = [
  'Secret Service (org.freedesktop.secrets)',
  'The desktop keyring of this user holds the secrets, encrypted under its own password; while it is unlocked, programs of this user can read them.',
] as const;

const KEYCHAINS: Partial<Record<NodeJS.Platform, readonly [string, string]>> = {
  darwin: [
    'macOS Keychain',
    'The login keychain of this user holds the secrets, encrypted under the login password; other programs must ask before reading them.',
  ],
  win32: [
    'Windows Credential Manager',
    'The credential store of this user holds the secrets, encrypted under the logon credentials; programs of this user can read them.',
  ],
};
