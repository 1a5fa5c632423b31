import { join } from 'node:path';

/** The file of the passphrase vault in a vault folder. */
export function passphraseFile(folder: string): string {
  return join(folder, 'vault.json');
}
