import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { VaultBackend, VaultBackendFacts, VaultBackendId, VaultStatus } from '../ports/vault.ts';
import type { HeldSecret, HomeVault, PassphraseState } from './home-vault.ts';
import { probe } from './probe.ts';
import { checkSecretName } from './secret-name.ts';

const FACTS: VaultBackendFacts = {
  id: 'session',
  title: 'Throw-away (memory of this process)',
  protection: 'They are made for this run, never written, and gone when this program ends.',
  durable: false,
};

/**
 * A vault in memory that also takes keys: for `demo` and the sample, whose ledger is marked throw-away in its first
 * entry. Never the vault of a home that is kept.
 */
export class ThrowAwayVault implements HomeVault {
  /** Whoever makes a ledger with a key from here marks it so. */
  readonly isThrowAway = true;
  readonly #secrets = new Map<string, SecretText>();
  readonly #backend: VaultBackend = {
    facts: FACTS,
    get: (name) => Promise.resolve(this.#secrets.get(name) ?? null),
    set: (name, secret) => {
      checkSecretName(name);
      this.#secrets.set(name, secret);
      return Promise.resolve();
    },
    remove: (name) => Promise.resolve(this.#secrets.delete(name)),
  };

  async backendFor(store?: VaultBackendId): Promise<VaultBackend> {
    if (store === undefined || store === 'session') return await Promise.resolve(this.#backend);
    throw appError('VAULT/LOCKED', {
      message: 'A throw-away home keeps no secret beyond this run.',
      remedy: 'Give a home of your own with `--home DIR`.',
    });
  }

  get(name: string): Promise<SecretText | null> {
    return this.#backend.get(name);
  }

  async set(name: string, secret: SecretText, store?: VaultBackendId): Promise<VaultBackendFacts> {
    await (await this.backendFor(store)).set(name, secret);
    return FACTS;
  }

  remove(name: string): Promise<boolean> {
    return this.#backend.remove(name);
  }

  async forget(name: string): Promise<readonly VaultBackendId[]> {
    await this.#backend.remove(name);
    return [];
  }

  list(): Promise<readonly HeldSecret[]> {
    const names = [...this.#secrets.keys()].sort();
    return Promise.resolve(names.map((name) => ({ name, backend: 'session' as const })));
  }

  opensUnasked(): Promise<boolean> {
    return Promise.resolve(true);
  }

  nextBackend(): Promise<VaultBackendId> {
    return Promise.resolve('session');
  }

  async choose(backend: VaultBackendId): Promise<void> {
    await this.backendFor(backend);
  }

  passphraseState(): Promise<PassphraseState> {
    return Promise.resolve('absent');
  }

  async unlock(): Promise<void> {
    await this.backendFor('passphrase');
  }

  factsOf(): VaultBackendFacts {
    return FACTS;
  }

  async status(): Promise<readonly VaultStatus[]> {
    const secrets = this.#secrets.size;
    return [{ backend: FACTS, state: 'works', secrets, steps: await probe(this.#backend) }];
  }
}

export function createThrowAwayVault(): ThrowAwayVault {
  return new ThrowAwayVault();
}
