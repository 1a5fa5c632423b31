import type { VaultBackendId } from '../../ports/vault.ts';
import type { FlagSpec, Flags } from './command.ts';
import { usage } from './parse-arguments.ts';

export const STORE_FLAG: FlagSpec = {
  kind: 'text',
  value: 'keychain|passphrase|session',
  help: 'where the secret is kept',
};

/** The vault backend that `--store` names. */
export function storeFlag(flags: Flags): VaultBackendId | undefined {
  const value = flags.text('store');
  if (value === undefined || value === 'keychain' || value === 'passphrase' || value === 'session') return value;
  throw usage(`--store knows no "${value}".`, 'Choose keychain, passphrase or session.');
}
