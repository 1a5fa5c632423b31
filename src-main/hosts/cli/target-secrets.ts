import type { TargetSecrets } from '../../ports/target.ts';
import type { FlagSpec, Flags, Invocation } from './command.ts';
import { usage } from './parse-arguments.ts';
import { readSecretFromStdin } from './read-secret.ts';

export const SECRET_FLAGS: Readonly<Record<string, FlagSpec>> = {
  'password-stdin': { kind: 'switch', help: 'read the password from standard input' },
  'passphrase-stdin': { kind: 'switch', help: 'read the passphrase of the key from standard input' },
};

export const NO_SECRETS: TargetSecrets = { password: null, passphrase: null };

/** Standard input holds one secret. */
export function refuseTwoSecrets(flags: Flags): void {
  if (!flags.has('password-stdin') || !flags.has('passphrase-stdin')) return;
  throw usage('Standard input holds one secret.', 'Give --password-stdin, or --passphrase-stdin for a key.');
}

/** The secret of a target: piped, or asked for at a terminal; one that logs in with a key is asked for its passphrase. */
export async function targetSecrets({ core, flags, io }: Invocation, usesKey: boolean): Promise<TargetSecrets> {
  if (flags.has('password-stdin')) return { ...NO_SECRETS, password: await readSecretFromStdin(io) };
  if (flags.has('passphrase-stdin')) return { ...NO_SECRETS, passphrase: await readSecretFromStdin(io) };
  const { askSecret } = (await core()).host;
  if (askSecret === null) return NO_SECRETS;
  return usesKey
    ? { ...NO_SECRETS, passphrase: await askSecret('Passphrase of the key (empty for none): ') }
    : { ...NO_SECRETS, password: await askSecret('Password (empty for none): ') };
}
