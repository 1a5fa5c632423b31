import {
  changePassword,
  changeTunnelSecrets,
  requirePassworded,
  requireTunnel,
} from '../../../app/change-connection-secrets.ts';
import { connectorOf } from '../../../app/connections.ts';
import { keySecretTitle } from '../../../app/key-secret-title.ts';
import { removeConnection } from '../../../app/remove-connection.ts';
import { lowerFirst } from '../../../../src-shared/util/lower-first.ts';
import type { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { Command, Invocation } from '../command.ts';
import { usage } from '../parse-arguments.ts';
import { readSecretFromStdin } from '../read-secret.ts';
import { FORGET_FLAG, removalWords } from '../removal-words.ts';
import { KEY_PASSPHRASE_FLAG } from '../secret-flags.ts';
import { storeFlag, STORE_FLAG } from '../store-flag.ts';
import { refuseManySecrets, TUNNEL_SECRET_FLAGS, tunnelSecretFromStdin } from '../tunnel-flags.ts';

export const passwordCommand: Command = {
  path: ['connection', 'password'],
  summary:
    'Stores the password of a saved connection, the secret of its client key or wallet, or one of its tunnel; asks for the password at a terminal.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: {
    'password-stdin': { kind: 'switch', help: 'read the password from standard input' },
    'key-passphrase-stdin': KEY_PASSPHRASE_FLAG,
    ...TUNNEL_SECRET_FLAGS,
    store: STORE_FLAG,
  },
  example: 'printf %s "$PW" | waybill connection password shop --password-stdin',
  run: async (invocation) => {
    const { flags, output, positionals } = invocation;
    const name = positionals[0] ?? '';
    const store = storeFlag(flags);
    refuseManySecrets(flags);
    const core = await invocation.core();
    const ofTunnel = await tunnelSecretFromStdin(invocation, () => requireTunnel(core, name));
    if (ofTunnel !== null) {
      const facts = await changeTunnelSecrets(core, name, { secrets: ofTunnel.secrets, store });
      output.result({ name, secret: facts?.id ?? null }, () => {
        output.line(`The ${ofTunnel.what} of the tunnel of ${name} is stored in: ${facts?.title ?? ''}`);
        output.detail(facts?.protection);
        output.detail(`Next: waybill connection test ${name}`);
      });
      return 0;
    }
    // Nobody types a password for what takes none.
    const kind = flags.has('key-passphrase-stdin') ? 'key passphrase' : 'password';
    const { connector, options } = await requirePassworded(core, name, kind);
    const keyTitle = keySecretTitle(connectorOf(core, connector).options, options);
    const what = kind === 'password' || keyTitle === null ? kind : lowerFirst(keyTitle);
    const facts = await changePassword(core, name, { kind, password: await newPassword(name, invocation), store });
    output.result({ name, secret: facts.id }, () => {
      output.line(`The ${what} of ${name} is stored in: ${facts.title}`);
      output.detail(facts.protection);
      output.detail(`Next: waybill connection test ${name}`);
    });
    return 0;
  },
};

async function newPassword(name: string, { core, flags, io }: Invocation): Promise<SecretText> {
  const { askSecret } = (await core()).host;
  const password =
    flags.has('password-stdin') || flags.has('key-passphrase-stdin')
      ? await readSecretFromStdin(io)
      : await askSecret?.(`New password of ${name} (empty: leave it as it is): `);
  if (password !== null && password !== undefined) return password;
  throw askSecret === null
    ? usage('There is no terminal to ask for the password.', 'Pipe it and add --password-stdin.')
    : usage('Nothing was typed, and nothing was changed.', 'Start again and type the password, or pipe it.');
}

export const removeCommand: Command = {
  path: ['connection', 'remove'],
  summary: 'Removes a connection and its secrets, and checks that they are gone.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: { 'forget-secret': FORGET_FLAG },
  example: 'waybill connection remove shop',
  run: async ({ core, flags, output, positionals }) => {
    const name = positionals[0] ?? '';
    const removed = await removeConnection(await core(), name, { forget: flags.has('forget-secret') });
    const { left, recorded, hadSecret, hadTunnelSecret } = removed;
    const secret = hadTunnelSecret ? 'secret' : 'password';
    const result = { removed: name, secretRemoved: removed.removed > 0, secretLeft: left[0] ?? null, recorded };
    output.result(result, () => {
      const words = removalWords(removed, { what: `Connection ${name}`, secret, hadSecret });
      for (const line of words) output.line(line);
    });
    return 0;
  },
};
