import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { VaultBackendId } from '../ports/vault.ts';
import type { Core } from './core.ts';

export interface SecretChange {
  /** In the vault. */
  readonly name: string;
  /** undefined: what is stored stays; null: none from now on. */
  readonly wanted: SecretText | null | undefined;
  readonly store: VaultBackendId | undefined;
  /** Where it is; undefined: there is none. */
  readonly before: VaultBackendId | undefined;
  readonly old: () => Promise<SecretText | null>;
}

/** Puts a secret where it belongs from now on and says where that is; undefined: there is none. */
export async function changeSecret(core: Core, change: SecretChange): Promise<VaultBackendId | undefined> {
  const { name, wanted, store, before } = change;
  const vault = await core.vault();
  if (wanted === null) {
    if (before !== undefined) await vault.remove(name);
    return undefined;
  }
  if (wanted !== undefined) return (await vault.set(name, wanted, store)).id;
  if (before === undefined || store === undefined || store === before) return before;
  const old = await change.old();
  return old === null ? before : (await vault.set(name, old, store)).id;
}
