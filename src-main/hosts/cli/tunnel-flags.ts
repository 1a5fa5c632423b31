import type { GivenSecrets, GivenTunnel } from '../../app/change-tunnel.ts';
import type { Core } from '../../app/core.ts';
import { optionFields } from '../../app/option-fields.ts';
import { settledTunnel } from '../../app/tunnels.ts';
import type { TunnelKind } from '../../ports/tunnel.ts';
import { adapterFlags, optionValues } from './adapter-flags.ts';
import type { FlagSpec, Flags, Invocation } from './command.ts';
import { usage } from './parse-arguments.ts';
import { readSecretFromStdin } from './read-secret.ts';

const PASSWORD = 'ssh-password-stdin';
const PASSPHRASE = 'ssh-passphrase-stdin';

export const TUNNEL_SECRET_FLAGS: Readonly<Record<string, FlagSpec>> = {
  [PASSWORD]: { kind: 'switch', help: 'read the password at the SSH server from standard input' },
  [PASSPHRASE]: { kind: 'switch', help: 'read the passphrase of the SSH key from standard input' },
};

/** Flags of the tunnel's own options; the one without which there is none says so. */
export function tunnelFlags(tunnel: TunnelKind): Record<string, FlagSpec> {
  const needed = new Set(optionFields(tunnel.options).flatMap(({ required, flag }) => (required ? [flag] : [])));
  return Object.fromEntries(
    Object.entries(adapterFlags([tunnel])).map(([flag, { value, help, ...spec }]) => {
      const words = needed.has(flag) ? help.replace(/ \([^)]*\)$/, ' to go through (default none)') : help;
      const name = value === undefined ? {} : { value: value.replace(/^SSH-/, '') };
      return [flag, { ...spec, ...name, help: words }];
    }),
  );
}

/** Standard input holds one secret. */
export function refuseManySecrets(flags: Flags): void {
  const given = ['password-stdin', 'key-passphrase-stdin', PASSWORD, PASSPHRASE].filter((flag) => flags.has(flag));
  if (given.length < 2) return;
  throw usage(
    'Standard input holds one secret.',
    `Give one of --${given.join(' and --')}; store the other one with: waybill connection password NAME.`,
  );
}

const LEFT: GivenSecrets = { password: undefined, passphrase: undefined };

/** The tunnel that the flags and the person's own files describe; null: none of the flags is given. */
export async function givenTunnel(core: Core, tunnel: TunnelKind, flags: Flags): Promise<GivenTunnel | null> {
  const options = optionValues(optionFields(tunnel.options), flags);
  const isMeant = Object.keys(options).length > 0 || flags.has(PASSWORD) || flags.has(PASSPHRASE);
  return isMeant ? { options: await settledTunnel(core, options), secrets: LEFT } : null;
}

/** The secret of a new tunnel: piped, or asked for at a terminal by how it logs in. */
export async function askTunnelSecrets(
  { key, agent }: GivenTunnel['options'],
  { core, flags, io }: Invocation,
): Promise<GivenSecrets> {
  const none = { password: null, passphrase: null };
  if (flags.has(PASSWORD)) return { ...none, password: await readSecretFromStdin(io) };
  if (flags.has(PASSPHRASE)) return { ...none, passphrase: await readSecretFromStdin(io) };
  const { askSecret } = (await core()).host;
  if (askSecret === null || agent === true) return none;
  return key === undefined
    ? { ...none, password: await askSecret('Password at the SSH server (empty for none): ') }
    : { ...none, passphrase: await askSecret('Passphrase of the SSH key (empty for none): ') };
}

/** A secret of a saved tunnel that is piped; null: another secret is meant. `check` runs before anything is read. */
export async function tunnelSecretFromStdin(
  { flags, io }: Invocation,
  check: () => Promise<unknown>,
): Promise<{ readonly secrets: GivenSecrets; readonly what: string } | null> {
  const kind = flags.has(PASSWORD) ? 'password' : flags.has(PASSPHRASE) ? 'passphrase' : null;
  if (kind === null) return null;
  await check();
  return { secrets: { ...LEFT, [kind]: await readSecretFromStdin(io) }, what: kind };
}
