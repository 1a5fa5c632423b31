import type { Vault, VaultBackendId } from '../ports/vault.ts';

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
}

export interface HeldSecret {
  readonly name: string;
  readonly backend: VaultBackendId;
}
