import { join } from 'node:path';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { HostCapabilities } from '../ports/host.ts';
import type { Locks } from '../ports/lock.ts';
import type { Store } from '../ports/store.ts';
import type { VaultBackend, VaultBackendFacts, VaultBackendId, VaultStatus } from '../ports/vault.ts';
import type { BegunKey } from './begun-key.ts';
import { tooLarge, vaultBusy } from './errors.ts';
import type { HeldSecret, HomeVault, PassphraseState } from './home-vault.ts';
import type { KeychainCalls } from './keychain-calls.ts';
import { KeychainProcess } from './keychain-process.ts';
import { OpenBackends } from './open-backends.ts';
import { PASSPHRASE_FACTS } from './passphrase-backend.ts';
import { checkSecretName } from './secret-name.ts';
import { SessionBackend } from './session-backend.ts';
import { readIndex, writeIndex, type DurableBackendId, type IndexEntry, type VaultIndex } from './vault-index.ts';
import { vaultStatus } from './vault-status.ts';

export interface VaultOptions {
  /** Absolute path of the home's vault folder; made when the first secret is stored. */
  readonly folder: string;
  /** Identifies the home in the keychain, so that two homes do not meet. */
  readonly installation: string;
  readonly store: Store;
  readonly locks: Locks;
  /** As given by file or environment; null: none was given. */
  readonly passphrase: SecretText | null;
  /** Where it was given, in words for the error that it is wrong. */
  readonly passphraseFrom?: string;
  /** The key of its passphrase vault, where somebody began with it. */
  readonly begun?: BegunKey | null;
  readonly host: HostCapabilities;
  /** Whether a secret may be kept for this session only; a host that ends with its command has no use for it. */
  readonly allowSession: boolean;
  /** Default: the operating system's keychain in a process of its own. */
  readonly keychain?: KeychainCalls;
  readonly platform?: NodeJS.Platform;
  readonly lockTimeoutMs?: number;
}

const MAX_SECRET_BYTES = 1024 * 1024;
const LOCK_TIMEOUT_MS = 60_000;

/** The vault of a home. Each secret stays in the backend it was stored in until it is stored elsewhere by name. */
export function createVault(options: VaultOptions): HomeVault {
  return new IndexedVault(options);
}

class IndexedVault implements HomeVault {
  readonly #options: VaultOptions;
  readonly #backends: OpenBackends;
  readonly #session = new SessionBackend();
  readonly #lockTimeoutMs: number;
  #isSessionChosen = false;

  constructor(options: VaultOptions) {
    this.#options = options;
    this.#lockTimeoutMs = options.lockTimeoutMs ?? LOCK_TIMEOUT_MS;
    this.#backends = new OpenBackends({
      ...options,
      keychain: options.keychain ?? new KeychainProcess(),
      platform: options.platform ?? process.platform,
      lockTimeoutMs: this.#lockTimeoutMs,
    });
  }

  async backendFor(store?: VaultBackendId): Promise<VaultBackend> {
    if (store === 'session' || (store === undefined && this.#isSessionChosen)) return this.#requireSession();
    const id = store ?? (await this.#defaultBackend(await this.#index()));
    const backend = await this.#backends.open(id);
    // Through the vault, so that the index knows of every secret.
    return {
      facts: backend.facts,
      get: (name) => backend.get(name),
      set: async (name, secret) => {
        await this.set(name, secret, id);
      },
      remove: async (name) => (await this.#index()).secrets.get(name)?.backend === id && (await this.remove(name)),
    };
  }

  async get(name: string): Promise<SecretText | null> {
    checkSecretName(name);
    if (this.#session.has(name)) return await this.#session.get(name);
    const entry = (await this.#index()).secrets.get(name);
    if (entry === undefined) return null;
    for (const id of entry.pending === true ? holders(entry) : [entry.backend]) {
      const secret = await (await this.#backends.open(id)).get(name);
      if (secret !== null) return secret;
    }
    if (entry.pending === true) return null;
    throw gone(entry.backend);
  }

  async set(name: string, secret: SecretText, store?: VaultBackendId): Promise<VaultBackendFacts> {
    checkSecretName(name);
    const bytes = Buffer.byteLength(secret.reveal());
    if (bytes > MAX_SECRET_BYTES) throw tooLarge(bytes, MAX_SECRET_BYTES);
    if (store === 'session' || (store === undefined && (await this.#staysInSession(name)))) {
      await this.#requireSession().set(name, secret);
      await this.#removeDurable(name);
      return this.#session.facts;
    }
    const facts = await this.#setDurable(name, secret, store);
    await this.#session.remove(name);
    return facts;
  }

  /** What a session holds stays in it; what is new goes there when it was chosen and may be forgotten. */
  async #staysInSession(name: string): Promise<boolean> {
    if (this.#session.has(name)) return true;
    return this.#isSessionChosen && this.#session.takes(name) && !(await this.#index()).secrets.has(name);
  }

  async remove(name: string): Promise<boolean> {
    checkSecretName(name);
    const removed = await this.#removeDurable(name);
    return (await this.#session.remove(name)) || removed;
  }

  async forget(name: string): Promise<readonly VaultBackendId[]> {
    checkSecretName(name);
    await this.#session.remove(name);
    using _held = await this.#lock();
    const index = await this.#index();
    const entry = index.secrets.get(name);
    if (entry !== undefined) await this.#write(index, name, undefined);
    return holders(entry);
  }

  async list(): Promise<readonly HeldSecret[]> {
    const { secrets } = await this.#index();
    return [...secrets].map(([name, { backend }]) => ({ name, backend }));
  }

  async opensUnasked(name: string): Promise<boolean> {
    const entry = (await this.#index()).secrets.get(name);
    return !holders(entry).includes('passphrase') || this.#backends.hasPassphrase;
  }

  async nextBackend(): Promise<VaultBackendId | null> {
    if (this.#isSessionChosen) return 'session';
    return (await this.#index()).default ?? (await this.#backends.chooseUnasked());
  }

  async choose(id: VaultBackendId): Promise<void> {
    if (id === 'session') {
      this.#requireSession();
      this.#isSessionChosen = true;
      return;
    }
    await this.#backends.open(id);
    using _held = await this.#lock();
    const { secrets } = await this.#index();
    await writeIndex(this.#options.store, this.#options.folder, { default: id, secrets });
    this.#isSessionChosen = false;
  }

  passphraseState(): Promise<PassphraseState> {
    return this.#backends.passphraseState();
  }

  unlock(passphrase: SecretText, how: { readonly create: boolean }): Promise<void> {
    return this.#backends.unlock(passphrase, how);
  }

  factsOf(id: VaultBackendId): VaultBackendFacts {
    if (id === 'session') return this.#session.facts;
    return id === 'keychain' ? this.#backends.keychain.facts : PASSPHRASE_FACTS;
  }

  async status(): Promise<readonly VaultStatus[]> {
    return await vaultStatus({
      backends: this.#backends,
      session: this.#options.allowSession ? this.#session : null,
      index: await this.#index(),
    });
  }

  #requireSession(): SessionBackend {
    if (this.#options.allowSession) return this.#session;
    throw appError('VAULT/LOCKED', {
      message: 'This program ends with the command, and a secret for this session only would end with it.',
      remedy: 'Store the secret in the keychain or in a passphrase vault.',
    });
  }

  async #setDurable(name: string, secret: SecretText, store?: DurableBackendId): Promise<VaultBackendFacts> {
    const known = await this.#index();
    const target = store ?? known.secrets.get(name)?.backend ?? (await this.#defaultBackend(known));
    // Opened before the lock is taken: opening may have to wait for a person.
    const backend = await this.#backends.open(target);
    for (const id of holders(known.secrets.get(name))) await this.#backends.open(id);
    using _held = await this.#lock();
    const index = await this.#index();
    const chosen: VaultIndex = store === undefined ? { ...index, default: index.default ?? target } : index;
    const entry = index.secrets.get(name);
    if (entry?.backend === target && entry.pending !== true && entry.before === undefined) {
      await backend.set(name, secret);
      return backend.facts;
    }
    const [before] = holders(entry).filter((id) => id !== target);
    const moving = before === undefined ? {} : { before };
    await this.#write(chosen, name, { backend: target, pending: true, ...moving });
    await backend.set(name, secret);
    if (before !== undefined) {
      await this.#write(chosen, name, { backend: target, before });
      await (await this.#backends.open(before)).remove(name);
    }
    await this.#write(chosen, name, { backend: target });
    return backend.facts;
  }

  async #removeDurable(name: string): Promise<boolean> {
    const known = (await this.#index()).secrets.get(name);
    if (known === undefined) return false;
    for (const id of holders(known)) await this.#backends.open(id);
    using _held = await this.#lock();
    const index = await this.#index();
    const entry = index.secrets.get(name);
    if (entry === undefined) return false;
    await this.#write(index, name, { ...entry, pending: true });
    let removed = false;
    for (const id of holders(entry)) removed = (await (await this.#backends.open(id)).remove(name)) || removed;
    await this.#write(index, name, undefined);
    return removed;
  }

  async #defaultBackend(index: VaultIndex): Promise<DurableBackendId> {
    return index.default ?? (await this.#backends.choose());
  }

  async #index(): Promise<VaultIndex> {
    return await readIndex(this.#options.store, this.#options.folder);
  }

  async #write(index: VaultIndex, name: string, entry: IndexEntry | undefined): Promise<void> {
    const secrets = new Map(index.secrets);
    if (entry === undefined) secrets.delete(name);
    else secrets.set(name, entry);
    await writeIndex(this.#options.store, this.#options.folder, { default: index.default, secrets });
  }

  async #lock(): Promise<Disposable> {
    await this.#options.store.makeFolder(this.#options.folder);
    const path = join(this.#options.folder, 'index.lock.sqlite');
    const held = await this.#options.locks.acquire(path, this.#lockTimeoutMs);
    if (held === null) throw vaultBusy();
    return held;
  }
}

/** Every backend that may hold the secret, the newest first. */
function holders(entry: IndexEntry | undefined): DurableBackendId[] {
  if (entry === undefined) return [];
  return entry.before === undefined ? [entry.backend] : [entry.backend, entry.before];
}

function gone(backend: DurableBackendId): AppError {
  return appError('VAULT/SECRET_ABSENT', {
    message: `A secret of this home is no longer in the ${backend} it was stored in.`,
    remedy: 'Store it again, or import an export of the vault.',
    context: { backend },
  });
}
