import { join } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { exportVault, importVault, type VaultExportReport, type VaultImportReport } from '../vault/export-vault.ts';
import { requireStrong } from '../vault/passphrase-strength.ts';
import type { Core } from './core.ts';

export { STRONG_ENOUGH } from '../vault/passphrase-strength.ts';

export interface VaultFile {
  /** Absolute path. */
  readonly path: string;
  readonly passphrase: SecretText;
}

/** What makes up a home beside its secrets (docs/spec/home.md). Locks and logs are made anew; `vault/` belongs to this machine. */
export const MOVES_WITH_HOME = [
  ...['home.json', 'connections.json', 'targets.json', 'keys.json', 'trusted-keys.json'],
  ...['keys', 'ledger', 'runs', 'accepted', 'sample'],
] as const;

export interface SavedVault extends VaultExportReport {
  readonly home: string;
  /** Names in the home that have to be copied, too; the secrets open nothing without them. */
  readonly copy: readonly string[];
}

/** Writes all secrets of the home into one file under a passphrase that is not easily guessed. */
export async function saveVault(core: Core, file: VaultFile): Promise<SavedVault> {
  requireStrong(file.passphrase);
  const report = await exportVault({ vault: await core.vault(), store: core.store, ...file });
  const home = core.home.root;
  const copy: string[] = [];
  for (const name of MOVES_WITH_HOME) {
    if ((await core.store.read.stat(join(home, name))) !== null) copy.push(name);
  }
  return { ...report, home, copy };
}

/** Stores the secrets of such a file in the home. Nobody is asked for the passphrase of a file that is not there. */
export async function loadVault(
  core: Core,
  { path, passphrase }: { path: string; passphrase: () => Promise<SecretText> },
): Promise<VaultImportReport> {
  if ((await core.store.read.stat(path)) === null) throw noExport(path);
  return importVault({ vault: await core.vault(), store: core.store, path, passphrase: await passphrase() });
}

function noExport(path: string): Error {
  return appError('VAULT/SECRET_ABSENT', {
    message: `There is no file ${path} to import.`,
    remedy: 'Give the path of a file made with: waybill vault export FILE',
    context: { path },
  });
}
