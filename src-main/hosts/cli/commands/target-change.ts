import { changeTargetSecrets, removeTarget, requireSecretTarget } from '../../../app/change-targets.ts';
import type { TargetSecrets } from '../../../ports/target.ts';
import type { Command, Invocation } from '../command.ts';
import { usage } from '../parse-arguments.ts';
import { FORGET_FLAG, removalWords } from '../removal-words.ts';
import { storeFlag, STORE_FLAG } from '../store-flag.ts';
import { refuseTwoSecrets, SECRET_FLAGS, targetSecrets } from '../target-secrets.ts';

export const passwordCommand: Command = {
  path: ['target', 'password'],
  summary: 'Stores the password of a saved target, or the passphrase of its key; asks for it at a terminal.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: { ...SECRET_FLAGS, store: STORE_FLAG },
  example: 'printf %s "$PW" | waybill target password partner --password-stdin',
  run: async (invocation) => {
    const { flags, output, positionals } = invocation;
    const name = positionals[0] ?? '';
    refuseTwoSecrets(flags);
    const store = storeFlag(flags);
    const core = await invocation.core();
    // Nobody types a secret for what takes none.
    const { options } = await requireSecretTarget(core, name);
    const secrets = await newSecrets(invocation, options['key'] !== undefined);
    const { record, vault } = await changeTargetSecrets(core, name, { secrets, store });
    output.result({ name, secrets: record.secrets, secret: vault?.id ?? null }, () => {
      const what = secrets.password === null ? 'passphrase of its key' : 'password';
      output.line(`The ${what} of ${name} is stored in: ${vault?.title ?? ''}`);
      output.detail(vault?.protection);
      output.detail(`Next: waybill target test ${name}`);
    });
    return 0;
  },
};

async function newSecrets(invocation: Invocation, usesKey: boolean): Promise<TargetSecrets> {
  const secrets = await targetSecrets(invocation, usesKey);
  if (secrets.password !== null || secrets.passphrase !== null) return secrets;
  throw (await invocation.core()).host.askSecret === null
    ? usage('There is no terminal to ask for the secret.', 'Pipe it and add --password-stdin or --passphrase-stdin.')
    : usage('Nothing was typed, and nothing was changed.', 'Start again and type the secret, or pipe it.');
}

export const removeCommand: Command = {
  path: ['target', 'remove'],
  summary: 'Removes a target and its secrets, and checks that they are gone.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: { 'forget-secret': FORGET_FLAG },
  example: 'waybill target remove partner',
  run: async ({ core, flags, output, positionals }) => {
    const name = positionals[0] ?? '';
    const removed = await removeTarget(await core(), name, { forget: flags.has('forget-secret') });
    const { left, recorded, hadSecret } = removed;
    const result = { removed: name, secretsRemoved: removed.removed, secretLeft: left[0] ?? null, recorded };
    output.result(result, () => {
      const words = removalWords(removed, { what: `Target ${name}`, secret: 'secret', hadSecret });
      for (const line of words) output.line(line);
    });
    return 0;
  },
};
