import { join } from 'node:path';
import { appError, isAppError, type AppError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { lowerFirst } from '../../src-shared/util/lower-first.ts';
import type { HostCapabilities } from '../ports/host.ts';
import type { Locks } from '../ports/lock.ts';
import type { Store } from '../ports/store.ts';
import type { VaultBackend } from '../ports/vault.ts';
import type { BegunKey } from './begun-key.ts';
import { givenPassphraseWrong, passphraseVaultAbsent, WAYS_ON } from './errors.ts';
import { KeychainBackend } from './keychain-backend.ts';
import type { KeychainCalls } from './keychain-calls.ts';
import { PassphraseBackend } from './passphrase-backend.ts';
import { passphraseFile } from './passphrase-file.ts';
import { requireStrong, STRONG_ENOUGH } from './passphrase-strength.ts';
import { probe } from './probe.ts';
import type { PassphraseState } from './home-vault.ts';
import type { DurableBackendId } from './vault-index.ts';

export interface BackendOptions {
  /** Absolute path of the home's vault folder; made when the first secret is stored. */
  readonly folder: string;
  /** Identifies the home in the keychain. */
  readonly installation: string;
  readonly store: Store;
  readonly locks: Locks;
  readonly passphrase: SecretText | null;
  /** Where it was given. */
  readonly passphraseFrom?: string;
  readonly begun?: BegunKey | null;
  readonly host: HostCapabilities;
  readonly keychain: KeychainCalls;
  readonly platform: NodeJS.Platform;
  readonly lockTimeoutMs: number;
}

const ATTEMPTS = 3;

/** Opens the durable backends of a home, each at its first use. Never one instead of another. */
export class OpenBackends {
  readonly keychain: KeychainBackend;
  readonly #options: BackendOptions;
  #provenKeychain: Promise<unknown> | undefined;
  #passphrase: Promise<PassphraseBackend> | undefined;
  #isUnlocked = false;

  constructor(options: BackendOptions) {
    this.#options = options;
    this.keychain = new KeychainBackend({
      calls: options.keychain,
      installation: options.installation,
      sealedFolder: join(options.folder, 'sealed'),
      store: options.store,
      platform: options.platform,
    });
  }

  /** `VAULT/LOCKED` with the ways to go on when it cannot be opened. */
  async open(id: DurableBackendId): Promise<VaultBackend> {
    return id === 'keychain' ? await this.#openKeychain() : await this.#openPassphrase();
  }

  /** The backend of a home that has none yet: the passphrase given, else a keychain that works, else a person's word. */
  async choose(): Promise<DurableBackendId> {
    if (this.wasGivenPassphrase) {
      await this.#openPassphrase();
      return 'passphrase';
    }
    try {
      await this.#openKeychain();
      return 'keychain';
    } catch (error) {
      if (!isAppError(error) || this.#options.host.askSecret === null) throw error;
      await this.#openPassphrase();
      return 'passphrase';
    }
  }

  /** What {@link choose} would give, without asking anybody; null: only a person could say. */
  async chooseUnasked(): Promise<DurableBackendId | null> {
    if (this.wasGivenPassphrase) return 'passphrase';
    return await this.#openKeychain().then(
      () => 'keychain' as const,
      () => null,
    );
  }

  /** A passphrase came from outside: at the start, or by {@link unlock}. */
  get wasGivenPassphrase(): boolean {
    return this.#options.passphrase !== null || this.#isUnlocked;
  }

  /** Opens the passphrase vault, or makes it. From now on it is open until this process ends. */
  async unlock(passphrase: SecretText, { create }: { readonly create: boolean }): Promise<void> {
    const backend = this.#backendWith(passphrase);
    if (create) await backend.create();
    else if (!(await backend.open())) throw passphraseVaultAbsent();
    this.#passphrase = Promise.resolve(backend);
    this.#isUnlocked = true;
  }

  async passphraseState(): Promise<PassphraseState> {
    // With a passphrase at hand, the first secret makes the vault.
    if (!(await this.hasPassphraseFile())) return this.wasGivenPassphrase ? 'open' : 'absent';
    try {
      return (await this.passphraseUnasked()) === null ? 'locked' : 'open';
    } catch (error) {
      if (isAppError(error, 'VAULT/PASSPHRASE_WRONG')) return 'locked';
      throw error;
    }
  }

  /** The passphrase was given, or was asked for already. */
  get hasPassphrase(): boolean {
    return this.#options.passphrase !== null || this.#passphrase !== undefined;
  }

  /** A passphrase was given, or somebody is there to think of one. */
  get canMakePassphraseVault(): boolean {
    return this.hasPassphrase || this.#options.host.askSecret !== null;
  }

  /** Throws `VAULT/PASSPHRASE_WEAK` when no vault would be made under the passphrase that was given. */
  requireStrongPassphrase(): void {
    const { passphrase, passphraseFrom } = this.#options;
    if (passphrase !== null) requireStrong(passphrase, passphraseFrom);
  }

  /** The passphrase vault when it can be opened without asking; `null` when its passphrase is not known. */
  async passphraseUnasked(): Promise<PassphraseBackend | null> {
    return this.hasPassphrase ? await this.#openPassphrase() : null;
  }

  async hasPassphraseFile(): Promise<boolean> {
    return (await this.#options.store.read.stat(passphraseFile(this.#options.folder))) !== null;
  }

  async #openKeychain(): Promise<VaultBackend> {
    this.#provenKeychain ??= probe(this.keychain);
    try {
      await this.#provenKeychain;
    } catch (error) {
      // It may be unlocked later on: ask it again at the next call.
      this.#provenKeychain = undefined;
      throw isAppError(error) ? keychainClosed(error) : error;
    }
    return this.keychain;
  }

  async #openPassphrase(): Promise<PassphraseBackend> {
    this.#passphrase ??= this.#enterPassphrase();
    try {
      return await this.#passphrase;
    } catch (error) {
      this.#passphrase = undefined;
      throw error;
    }
  }

  async #enterPassphrase(): Promise<PassphraseBackend> {
    const { passphrase } = this.#options;
    const isNew = !(await this.hasPassphraseFile());
    if (passphrase !== null) {
      // A vault that is there keeps the passphrase it was made with.
      if (isNew) this.requireStrongPassphrase();
      return await this.#withGiven(passphrase);
    }
    if (isNew) return await this.#withPassphrase(await this.#newPassphrase());
    for (let attempt = 1; ; attempt++) {
      try {
        const again = attempt === 1 ? '' : ' (the one before was wrong)';
        return await this.#withPassphrase(await this.#ask(`Passphrase of the vault${again}`));
      } catch (error) {
        if (attempt === ATTEMPTS || !isAppError(error, 'VAULT/PASSPHRASE_WRONG')) throw error;
      }
    }
  }

  async #newPassphrase(): Promise<SecretText> {
    const first = await this.#ask(
      `New passphrase vault for the secrets of this home. Passphrase (${STRONG_ENOUGH}; empty: stop)`,
    );
    requireStrong(first);
    const second = await this.#ask('The same passphrase again');
    if (first.reveal() === second.reveal()) return first;
    throw appError('VAULT/PASSPHRASE_WRONG', {
      message: 'The two passphrases are not the same.',
      remedy: 'Start the command again and type the same passphrase twice.',
    });
  }

  async #ask(question: string): Promise<SecretText> {
    const answer = await this.#options.host.askSecret?.(question);
    if (answer !== undefined && answer !== null && answer.reveal() !== '') return answer;
    throw appError('VAULT/LOCKED', {
      message: 'The passphrase vault needs its passphrase, and none was given.',
      remedy: 'Give it with `--passphrase-file FILE` or WAYBILL_PASSPHRASE, or type it at a terminal.',
    });
  }

  async #withGiven(passphrase: SecretText): Promise<PassphraseBackend> {
    try {
      return await this.#withPassphrase(passphrase);
    } catch (error) {
      const { passphraseFrom: from, folder } = this.#options;
      const wrong = isAppError(error, 'VAULT/PASSPHRASE_WRONG') && from !== undefined;
      throw wrong ? givenPassphraseWrong(from, passphraseFile(folder)) : error;
    }
  }

  async #withPassphrase(passphrase: SecretText): Promise<PassphraseBackend> {
    const backend = this.#backendWith(passphrase);
    await backend.open();
    return backend;
  }

  #backendWith(passphrase: SecretText): PassphraseBackend {
    const { folder, store, locks, lockTimeoutMs, begun = null } = this.#options;
    return new PassphraseBackend({ folder, store, locks, passphrase, begun, lockTimeoutMs });
  }
}

/** For a command that needs a secret, absent and locked are one: it cannot go on, and these are the ways. */
function keychainClosed(cause: AppError): AppError {
  return appError('VAULT/LOCKED', {
    message: `The keychain cannot be used: ${lowerFirst(cause.message)}`,
    remedy: WAYS_ON,
    cause,
  });
}
