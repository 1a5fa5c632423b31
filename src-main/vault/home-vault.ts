import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { Vault, VaultBackendFacts, VaultBackendId } from '../ports/vault.ts';

/**
 * The vault of a home, with the names it holds. `get` gives null for a secret that was never stored here or was for an
 * earlier session only; one that was stored and is gone is `VAULT/SECRET_ABSENT`.
 */
export interface HomeVault extends Vault {
  /** Names of all secrets and where each is, sorted. */
  list(): Promise<readonly HeldSecret[]>;
  /** Whether `get` of this name can answer without asking a person for a passphrase. Opens nothing. */
  opensUnasked(name: string): Promise<boolean>;
  /**
   * Gives a secret up without deleting it: this home no longer knows the name, and the backends returned may still hold
   * what was stored under it. For a vault that cannot be opened any more; it opens nothing.
   */
  forget(name: string): Promise<readonly VaultBackendId[]>;
  /** Where a new secret goes when nothing is said; null: a person has to choose first. Asks nobody. */
  nextBackend(): Promise<VaultBackendId | null>;
  /** New secrets go there from now on. A durable place has to work, and is remembered; the session ends with the process. */
  choose(backend: VaultBackendId): Promise<void>;
  /** Whether this home has a passphrase vault, and whether it can be used now. */
  passphraseState(): Promise<PassphraseState>;
  /** Opens the passphrase vault for the life of this process, or makes it: never one instead of the other. */
  unlock(passphrase: SecretText, how: { readonly create: boolean }): Promise<void>;
  /** A backend in words, without opening it. */
  factsOf(backend: VaultBackendId): VaultBackendFacts;
}

export type PassphraseState = 'absent' | 'locked' | 'open';

export interface HeldSecret {
  readonly name: string;
  readonly backend: VaultBackendId;
}
