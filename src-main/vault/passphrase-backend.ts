import { join } from 'node:path';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { toHex } from '../../src-shared/util/hex.ts';
import type { Locks } from '../ports/lock.ts';
import type { Store } from '../ports/store.ts';
import type { VaultBackend, VaultBackendFacts } from '../ports/vault.ts';
import { passphraseVaultExists, unreadable, vaultBusy } from './errors.ts';
import type { BegunKey } from './begun-key.ts';
import { MAX_DOCUMENT_BYTES, newSalt, openDocument, parseDocument, sealDocument } from './passphrase-document.ts';
import { passphraseFile } from './passphrase-file.ts';
import { derivePassphraseKey, type PassphraseKey } from './passphrase-key.ts';
import { checkSecretName } from './secret-name.ts';

export interface PassphraseBackendOptions {
  /** The vault's folder; made when the first secret is stored. */
  readonly folder: string;
  readonly store: Store;
  readonly locks: Locks;
  readonly passphrase: SecretText;
  /** Used where it is of this passphrase and of the vault's salt. */
  readonly begun?: BegunKey | null;
  readonly lockTimeoutMs: number;
}

export const PASSPHRASE_FACTS: VaultBackendFacts = {
  id: 'passphrase',
  title: 'Passphrase vault (vault/vault.json)',
  protection:
    'A file of this home holds the secrets, encrypted with AES-256-GCM under a key that scrypt makes from your passphrase.',
  durable: true,
};

interface Opened {
  readonly salt: Uint8Array;
  readonly key: PassphraseKey;
  readonly secrets: Map<string, string>;
}

/** All secrets in one file under a passphrase. Readers see a whole file, old or new; writers take turns. */
export class PassphraseBackend implements VaultBackend {
  readonly facts = PASSPHRASE_FACTS;
  readonly #options: PassphraseBackendOptions;
  readonly #path: string;
  // scrypt takes a third of a second by intent: once per salt, and the salt stays.
  readonly #keys = new Map<string, Promise<PassphraseKey>>();

  constructor(options: PassphraseBackendOptions) {
    this.#options = options;
    this.#path = passphraseFile(options.folder);
  }

  /** Whether there is a vault yet; throws `VAULT/PASSPHRASE_WRONG` when the passphrase does not open it. */
  async open(): Promise<boolean> {
    return (await this.#read()) !== null;
  }

  /** Makes an empty vault; one that is there already stays as it is: `VAULT/SECRET_EXISTS`. */
  async create(): Promise<void> {
    await this.#options.store.makeFolder(this.#options.folder);
    using _held = await this.#lock();
    if ((await this.#options.store.read.stat(this.#path)) !== null) throw passphraseVaultExists();
    await this.#write(await this.#begin());
  }

  async get(name: string): Promise<SecretText | null> {
    checkSecretName(name);
    const value = (await this.#read())?.secrets.get(name);
    return value === undefined ? null : new SecretText(value);
  }

  async set(name: string, secret: SecretText): Promise<void> {
    checkSecretName(name);
    await this.#options.store.makeFolder(this.#options.folder);
    using _held = await this.#lock();
    const { salt, key, secrets } = (await this.#read()) ?? (await this.#begin());
    await this.#write({ salt, key, secrets: new Map(secrets).set(name, secret.reveal()) });
    if ((await this.#read())?.secrets.get(name) !== secret.reveal()) {
      throw unreadable('The passphrase vault did not give back the secret it was given.');
    }
  }

  async remove(name: string): Promise<boolean> {
    checkSecretName(name);
    if (!(await this.open())) return false;
    using _held = await this.#lock();
    const opened = await this.#read();
    if (opened === null || !opened.secrets.delete(name)) return false;
    await this.#write(opened);
    if ((await this.#read())?.secrets.has(name) === true) {
      throw unreadable('The passphrase vault still holds the secret it was told to delete.');
    }
    return true;
  }

  async #read(): Promise<Opened | null> {
    const bytes = await this.#options.store.read.file(this.#path, MAX_DOCUMENT_BYTES);
    if (bytes === null) return null;
    const closed = parseDocument('vault/1', bytes);
    const key = await this.#keyFor(closed.salt);
    return { salt: closed.salt, key, secrets: openDocument(closed, key) };
  }

  async #begin(): Promise<Opened> {
    const salt = newSalt();
    return { salt, key: await this.#keyFor(salt), secrets: new Map() };
  }

  async #write(opened: Opened): Promise<void> {
    await this.#options.store.replace(this.#path, sealDocument('vault/1', opened));
  }

  #keyFor(salt: Uint8Array): Promise<PassphraseKey> {
    const id = toHex(salt);
    const known = this.#keys.get(id) ?? this.#begun(id) ?? derivePassphraseKey(this.#options.passphrase, salt);
    this.#keys.set(id, known);
    return known;
  }

  #begun(salt: string): Promise<PassphraseKey> | null {
    const { begun = null, passphrase } = this.#options;
    const isOurs = begun !== null && toHex(begun.salt) === salt && begun.passphrase.reveal() === passphrase.reveal();
    return isOurs ? begun.key : null;
  }

  async #lock(): Promise<Disposable> {
    const held = await this.#options.locks.acquire(
      join(this.#options.folder, 'vault.lock.sqlite'),
      this.#options.lockTimeoutMs,
    );
    if (held === null) throw vaultBusy();
    return held;
  }
}
