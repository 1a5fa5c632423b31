import type { FlagSpec, Flags } from './command.ts';
import { usage } from './parse-arguments.ts';

/** For the key of a client certificate that is locked. */
export const KEY_PASSPHRASE_FLAG: FlagSpec = {
  kind: 'switch',
  help: 'read the passphrase of --key from standard input',
};

/** Refuses two secrets on one standard input. */
export function refuseBoth(flags: Flags): void {
  if (!flags.has('password-stdin') || !flags.has('key-passphrase-stdin')) return;
  throw usage(
    'Standard input holds one secret.',
    'Give one of --password-stdin and --key-passphrase-stdin, and the other one to connection password.',
  );
}
