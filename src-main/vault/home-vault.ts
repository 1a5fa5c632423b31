import type { Vault, VaultBackendId } from '../ports/vault.ts';

/** The vault of a home, with the names it holds. */
export interface HomeVault extends Vault {
  /** Names of all secrets and where each is, sorted. */
  list(): Promise<readonly HeldSecret[]>;
}

export interface HeldSecret {
  readonly name: string;
  readonly backend: VaultBackendId;
}
