import type { RemovedSecrets } from '../../app/remove-secrets.ts';
import type { VaultBackendId } from '../../ports/vault.ts';
import type { FlagSpec } from './command.ts';

export const FORGET_FLAG: FlagSpec = {
  kind: 'switch',
  help: 'remove it even if the vault does not open; what is sealed there stays and is used no more',
};

const PLACES: Readonly<Record<VaultBackendId, string>> = {
  keychain: 'the keychain of this user',
  passphrase: 'the passphrase vault (vault/vault.json), sealed under its passphrase',
  session: 'the memory of this program',
};

interface Removed {
  /** `Connection shop`. */
  readonly what: string;
  /** `password`. */
  readonly secret: string;
  readonly hadSecret: boolean;
}

/** What became of a record and its secret, no more than was seen to happen. */
export function removalWords(
  { removed, left, recorded }: RemovedSecrets & { readonly recorded: boolean },
  { what, secret, hadSecret }: Removed,
): string[] {
  const lines: string[] = [];
  if (left.length > 0) {
    const where = left.map((backend) => PLACES[backend]).join(' and in ');
    lines.push(`${what} is removed. Its ${secret} was not deleted: it stays in ${where}.`);
    lines.push('This home no longer uses it.');
  } else if (removed > 0) lines.push(`${what} is removed, and its ${secret} is gone from the vault.`);
  else if (hadSecret) lines.push(`${what} is removed. The vault held no ${secret} for it any more.`);
  else lines.push(`${what} is removed.`);
  if (!recorded) lines.push('The ledger could not be opened and does not say so.');
  return lines;
}
