import { addConnection, requireNewConnection, type NewConnection } from '../../../app/change-connections.ts';
import { optionFields } from '../../../app/option-fields.ts';
import type { Connector } from '../../../ports/connector.ts';
import { adapterFlags, optionValues } from '../adapter-flags.ts';
import type { Command, Invocation } from '../command.ts';
import { usage } from '../parse-arguments.ts';
import { readSecretFromStdin } from '../read-secret.ts';
import { KEY_PASSPHRASE_FLAG, refuseBoth } from '../secret-flags.ts';
import { storeFlag, STORE_FLAG } from '../store-flag.ts';

/** `connection add`; its flags come from the connectors' own options. */
export function addCommand(connectors: readonly Connector[]): Command {
  return {
    path: ['connection', 'add'],
    summary: 'Saves a connection. The password goes to the vault, never into a file in clear.',
    usage: `NAME --connector ${connectors.map((connector) => connector.id).join('|')}`,
    positionals: { min: 1, max: 1 },
    flags: {
      connector: { kind: 'text', value: 'ID', help: 'database product' },
      ...adapterFlags(connectors),
      production: { kind: 'switch', help: 'exports from it ask for its name' },
      'password-stdin': { kind: 'switch', help: 'read the password from standard input' },
      'key-passphrase-stdin': KEY_PASSPHRASE_FLAG,
      store: STORE_FLAG,
    },
    example: `printf %s "$PW" | waybill connection add shop --connector ${connectors[0]?.id ?? 'ID'} --host db.example.net --database shop --user app_ro --password-stdin`,
    run: async (invocation) => {
      const { flags, output, positionals } = invocation;
      const id = flags.text('connector');
      const connector = connectors.find((candidate) => candidate.id === id);
      if (connector === undefined) {
        throw usage(
          id === undefined ? 'A connection needs a connector.' : `There is no connector named ${id}.`,
          `Write --connector ${connectors.map((candidate) => candidate.id).join('|')}.`,
        );
      }
      const core = await invocation.core();
      const name = positionals[0] ?? '';
      const request = {
        name,
        connector: connector.id,
        options: optionValues(optionFields(connector.options), flags),
        production: flags.has('production'),
        store: storeFlag(flags),
      };
      // Nobody types a password for what cannot be saved.
      await requireNewConnection(core, request);
      const secrets = await secretsFor(connector, request.options, invocation);
      const facts = await addConnection(core, { ...request, ...secrets });
      output.result({ name, connector: connector.id, secret: facts?.id ?? null }, () => {
        output.line(`Connection ${name} is saved.`);
        if (facts !== null) {
          output.detail(`Its ${secrets.password === null ? 'key’s passphrase' : 'password'} is in: ${facts.title}`);
          output.detail(facts.protection);
        } else if (connector.traits.network)
          output.detail(`No password is stored. When it needs one: waybill connection password ${name}`);
        output.detail(`Next: waybill connection test ${name}`);
      });
      return 0;
    },
  };
}

type Secrets = Required<Pick<NewConnection, 'password' | 'keyPassphrase'>>;

/** Its secrets: one piped, or both asked for at a terminal; a key only where there is one. */
async function secretsFor(
  connector: Connector,
  options: Readonly<Record<string, unknown>>,
  invocation: Invocation,
): Promise<Secrets> {
  const none: Secrets = { password: null, keyPassphrase: null };
  const { flags, io } = invocation;
  refuseBoth(flags);
  if (!connector.traits.network) return none;
  if (flags.has('key-passphrase-stdin')) {
    if (options['key'] === undefined) throw usage('There is no key to open.', 'Give --cert FILE and --key FILE, too.');
    return { ...none, keyPassphrase: await readSecretFromStdin(io) };
  }
  if (flags.has('password-stdin')) return { ...none, password: await readSecretFromStdin(io) };
  const { askSecret } = (await invocation.core()).host;
  if (askSecret === null) return none;
  const password = await askSecret('Password (empty for none): ');
  if (options['key'] === undefined) return { ...none, password };
  return { password, keyPassphrase: await askSecret('Passphrase of the key (empty for none): ') };
}
