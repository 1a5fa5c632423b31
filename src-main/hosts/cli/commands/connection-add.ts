import { addConnection, requireNewConnection, type NewConnection } from '../../../app/change-connections.ts';
import { keySecretTitle } from '../../../app/key-secret-title.ts';
import { listConnections, type ListedConnection } from '../../../app/list-connections.ts';
import { optionFields } from '../../../app/option-fields.ts';
import { lowerFirst } from '../../../../src-shared/util/lower-first.ts';
import type { Connector } from '../../../ports/connector.ts';
import type { TunnelKind } from '../../../ports/tunnel.ts';
import type { VaultBackendFacts } from '../../../ports/vault.ts';
import { adapterFlags, optionValues } from '../adapter-flags.ts';
import type { Command, Invocation } from '../command.ts';
import { optionText } from '../option-lines.ts';
import { usage } from '../parse-arguments.ts';
import { readSecretFromStdin } from '../read-secret.ts';
import { KEY_PASSPHRASE_FLAG } from '../secret-flags.ts';
import { storeFlag, STORE_FLAG } from '../store-flag.ts';
import { readAddress, URL_FLAG } from '../url-flag.ts';
import { askTunnelSecrets, givenTunnel, refuseManySecrets, TUNNEL_SECRET_FLAGS, tunnelFlags } from '../tunnel-flags.ts';

/** `connection add`; its flags come from the options of the connectors and of the tunnel. */
export function addCommand(connectors: readonly Connector[], tunnel: TunnelKind): Command {
  return {
    path: ['connection', 'add'],
    summary: 'Saves a connection. The password goes to the vault, never into a file in clear.',
    usage: `NAME --connector ${connectors.map((connector) => connector.id).join('|')}`,
    positionals: { min: 1, max: 1 },
    details: [
      'With --ssh-host the database is reached through that SSH server: --host and --port are as that server sees them, and no port is opened here. Its host key is pinned: give it, or a known_hosts file that has it; at a terminal you are shown it and asked.',
      'What ~/.ssh/config says of that server is read once, now: HostName, User, Port, IdentityFile, ProxyJump, HostKeyAlias, under Host and Match. Flags go before it. Match exec and ProxyCommand are never run.',
      'With --url the options are read off a connection URL, as the product’s drivers and JDBC write it; flags go before it. It must hold no password.',
      'Standard input holds one secret. A second one is stored with: waybill connection password NAME.',
    ],
    flags: {
      connector: { kind: 'text', value: 'ID', help: 'database product' },
      url: URL_FLAG,
      ...adapterFlags(connectors),
      production: { kind: 'switch', help: 'exports from it ask for its name' },
      'password-stdin': { kind: 'switch', help: 'read the password from standard input' },
      'key-passphrase-stdin': KEY_PASSPHRASE_FLAG,
      ...tunnelFlags(tunnel),
      ...TUNNEL_SECRET_FLAGS,
      store: STORE_FLAG,
    },
    example: `printf %s "$PW" | waybill connection add shop --connector ${connectors[0]?.id ?? 'ID'} --host db.example.net --database shop --user app_ro --password-stdin`,
    run: async (invocation) => {
      const { flags, positionals, signal } = invocation;
      const address = readAddress(connectors, invocation);
      const connector = connectorOf(connectors, flags.text('connector') ?? address.connector);
      refuseManySecrets(flags);
      const core = await invocation.core();
      const through = await givenTunnel(core, tunnel, flags);
      const request = {
        name: positionals[0] ?? '',
        connector: connector.id,
        options: { ...address.options, ...optionValues(optionFields(connector.options), flags) },
        production: flags.has('production'),
        store: storeFlag(flags),
        tunnel: through,
        signal,
      };
      // Nobody types a password for what cannot be saved.
      await requireNewConnection(core, request);
      const own = await secretsFor(connector, request.options, invocation);
      const secrets = through === null ? null : await askTunnelSecrets(through.options, invocation);
      const led = through === null || secrets === null ? null : { ...through, secrets };
      const facts = await addConnection(core, { ...request, ...own, tunnel: led });
      const keyTitle = keySecretTitle(connector.options, request.options);
      await sayWhatIsSaved({ name: request.name, connector, facts, own, keyTitle }, invocation);
      return 0;
    },
  };
}

function connectorOf(connectors: readonly Connector[], id: string | undefined): Connector {
  const connector = connectors.find((candidate) => candidate.id === id);
  if (connector !== undefined) return connector;
  throw usage(
    id === undefined ? 'A connection needs a connector.' : `There is no connector named ${id}.`,
    `Write --connector ${connectors.map((candidate) => candidate.id).join('|')}.`,
  );
}

interface Saved {
  readonly name: string;
  readonly connector: Connector;
  /** Where its secrets are; null: it has none. */
  readonly facts: VaultBackendFacts | null;
  readonly own: OwnSecrets;
  /** What opens its key or its wallet is called; null: it has none. */
  readonly keyTitle: string | null;
}

async function sayWhatIsSaved({ name, connector, facts, own, keyTitle }: Saved, invocation: Invocation): Promise<void> {
  const { output } = invocation;
  const all = await listConnections(await invocation.core());
  const tunnel = all.find((each) => each.name === name)?.tunnel ?? null;
  output.result({ name, connector: connector.id, secret: facts?.id ?? null, tunnel }, () => {
    output.line(`Connection ${name} is saved.`);
    for (const line of tunnelWords(tunnel)) output.line(line);
    if (facts !== null) {
      output.detail(`Its ${secretsText(own, keyTitle, tunnel)} is in: ${facts.title}`);
      output.detail(facts.protection);
    }
    if (own.password === null && connector.traits.network)
      output.detail(`No password is stored. When it needs one: waybill connection password ${name}`);
    output.detail(`Next: waybill connection test ${name}`);
  });
}

/** Where it leads through, and whose key was pinned. */
function tunnelWords(tunnel: ListedConnection['tunnel']): string[] {
  if (tunnel === null) return [];
  const { jumpHostKeys } = tunnel.options;
  return [
    `It leads through ${tunnel.through}.`,
    `The host key of that server is pinned: ${optionText(tunnel.options['hostKey'])}`,
    ...(jumpHostKeys === undefined ? [] : [`Those of the jump hosts are, too: ${optionText(jumpHostKeys)}`]),
  ];
}

function secretsText(
  { password, keyPassphrase }: OwnSecrets,
  keyTitle: string | null,
  tunnel: ListedConnection['tunnel'],
): string {
  return [
    ...(password === null ? [] : ['password']),
    ...(keyPassphrase === null || keyTitle === null ? [] : [lowerFirst(keyTitle)]),
    ...(tunnel?.secrets ?? []).map((kind) => `${kind} of the tunnel`),
  ].join(' and ');
}

type OwnSecrets = Required<Pick<NewConnection, 'password' | 'keyPassphrase'>>;

/** Its secrets: one piped, or both asked for at a terminal; a key only where there is one. */
async function secretsFor(
  connector: Connector,
  options: Readonly<Record<string, unknown>>,
  invocation: Invocation,
): Promise<OwnSecrets> {
  const none: OwnSecrets = { password: null, keyPassphrase: null };
  const { flags, io } = invocation;
  if (!connector.traits.network) return none;
  const keyTitle = keySecretTitle(connector.options, options);
  if (flags.has('key-passphrase-stdin')) {
    if (keyTitle === null)
      throw usage('There is no key to open.', 'Give --cert FILE and --key FILE, or a wallet, too.');
    return { ...none, keyPassphrase: await readSecretFromStdin(io) };
  }
  if (flags.has('password-stdin')) return { ...none, password: await readSecretFromStdin(io) };
  const { askSecret } = (await invocation.core()).host;
  if (askSecret === null) return none;
  const password = await askSecret('Password (empty for none): ');
  if (keyTitle === null) return { ...none, password };
  return { password, keyPassphrase: await askSecret(`${keyTitle} (empty for none): `) };
}
