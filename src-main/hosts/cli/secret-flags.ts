import type { FlagSpec } from './command.ts';

/** For the key of a client certificate that is locked. */
export const KEY_PASSPHRASE_FLAG: FlagSpec = {
  kind: 'switch',
  help: 'read the passphrase of --key, or the password of --wallet, from standard input',
};
