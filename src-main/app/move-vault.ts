import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { exportVault, importVault, type VaultExportReport, type VaultImportReport } from '../vault/export-vault.ts';
import type { Core } from './core.ts';

export interface VaultFile {
  /** Absolute path. */
  readonly path: string;
  readonly passphrase: SecretText;
}

/** Writes all secrets of the home into one file under a passphrase. */
export async function saveVault(core: Core, file: VaultFile): Promise<VaultExportReport> {
  return exportVault({ vault: await core.vault(), store: core.store, ...file });
}

/** Stores the secrets of such a file in the home. */
export async function loadVault(core: Core, file: VaultFile): Promise<VaultImportReport> {
  return importVault({ vault: await core.vault(), store: core.store, ...file });
}
