import { addConnection, connectionRecordOf, openConnection, removeConnection } from '../../../app/connections.ts';
import { optionFields, type OptionField } from '../../../app/option-fields.ts';
import type { Connector } from '../../../ports/connector.ts';
import type { Command, FlagSpec, Flags, Invocation } from '../command.ts';
import { layOutTable } from '../output.ts';
import { usage } from '../parse-arguments.ts';
import { readSecretFromStdin } from '../read-secret.ts';
import { storeFlag, STORE_FLAG } from '../store-flag.ts';

/** The `connection …` commands; the flags of `add` come from the connectors' own options. */
export function connectionCommands(connectors: readonly Connector[]): readonly Command[] {
  return [addCommand(connectors), listCommand, testCommand, removeCommand];
}

function addCommand(connectors: readonly Connector[]): Command {
  return {
    path: ['connection', 'add'],
    summary: 'Saves a connection. The password goes to the vault, never into a file in clear.',
    usage: `NAME --connector ${connectors.map((connector) => connector.id).join('|')}`,
    positionals: { min: 1, max: 1 },
    flags: {
      connector: { kind: 'text', value: 'ID', help: 'database product' },
      ...adapterFlags(connectors.map((connector) => connector.options)),
      production: { kind: 'switch', help: 'exports from it ask for its name' },
      'password-stdin': { kind: 'switch', help: 'read the password from standard input' },
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
      const password = await passwordFor(connector, invocation);
      const core = await invocation.core();
      const name = positionals[0] ?? '';
      const facts = await addConnection(core, {
        name,
        connector: connector.id,
        options: optionValues(optionFields(connector.options), flags),
        production: flags.has('production'),
        password,
        store: storeFlag(flags),
      });
      output.result({ name, connector: connector.id, secret: facts?.id ?? null }, () => {
        output.line(`Connection ${name} is saved.`);
        output.line(
          facts === null ? 'No password is stored.' : `Its password is in: ${facts.title}. ${facts.protection}`,
        );
        output.line(`Next: waybill connection test ${name}`);
      });
      return 0;
    },
  };
}

async function passwordFor(connector: Connector, invocation: Invocation): ReturnType<typeof readSecretFromStdin> {
  if (!connector.traits.network) return null;
  if (invocation.flags.has('password-stdin')) return readSecretFromStdin(invocation.io);
  const core = await invocation.core();
  return core.host.askSecret === null ? null : core.host.askSecret('Password (empty for none): ');
}

/** Flags of all options of some adapters; one flag serves all that have it. */
export function adapterFlags(schemas: readonly Connector['options'][]): Record<string, FlagSpec> {
  const flags: Record<string, FlagSpec> = {};
  for (const field of schemas.flatMap((schema) => optionFields(schema))) {
    flags[field.flag] ??= {
      kind: field.kind === 'switch' ? 'switch' : 'text',
      help: field.title,
      ...(field.kind === 'switch' ? {} : { value: field.choices?.join('|') ?? field.flag.toUpperCase() }),
    };
  }
  return flags;
}

/** Option values as given on the command line; what was not given is left to the schema. */
export function optionValues(fields: readonly OptionField[], flags: Flags): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    if (!flags.has(field.flag)) continue;
    const text = flags.text(field.flag) ?? '';
    if (field.kind === 'number' && !/^\d{1,15}$/.test(text))
      throw usage(`--${field.flag} is not a number.`, `Write --${field.flag} N.`);
    values[field.property] = field.kind === 'switch' ? true : field.kind === 'number' ? Number(text) : text;
  }
  return values;
}

const listCommand: Command = {
  path: ['connection', 'list'],
  summary: 'Lists the saved connections, without secrets.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill connection list',
  run: async ({ core, output }) => {
    const all = await (await core()).records.connections.read();
    const connections = Object.entries(all).map(([name, record]) => ({
      name,
      ...record,
      secret: record.secret ?? null,
    }));
    output.result({ connections }, () => {
      if (connections.length === 0) output.line('There are no connections yet. Add one: waybill connection add --help');
      const rows = connections.map(({ name, connector, production, secret, options }) => [
        name,
        connector,
        Object.entries(options)
          .map(([key, value]) => `${key}=${String(value)}`)
          .join(' '),
        production ? 'production' : '',
        secret === null ? 'no password' : `password in ${secret}`,
      ]);
      for (const line of layOutTable(rows)) output.line(line);
    });
    return 0;
  },
};

const testCommand: Command = {
  path: ['connection', 'test'],
  summary: 'Connects and says what it found: version, encryption, latency, rights.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill connection test shop',
  run: async ({ core, output, positionals, signal }) => {
    const name = positionals[0] ?? '';
    await using open = await openConnection(await core(), name, { signal });
    const facts = await open.session.facts(signal);
    output.result({ connection: name, ...facts, production: open.record.production }, () => {
      const tls = facts.tls;
      const lines = [
        ['server', `${facts.product} ${facts.version}`],
        ['login', `${facts.user} on ${facts.database}`],
        [
          'encryption',
          tls === null
            ? 'none'
            : `${tls.version} ${tls.cipher}, ${tls.verified ? 'certificate verified' : 'certificate NOT verified'}`,
        ],
        ['latency', `${facts.latencyMs.toFixed(1)} ms`],
        ['read-only', facts.readOnly],
        ['missing rights', facts.missingPrivileges.length === 0 ? 'none found' : facts.missingPrivileges.join('; ')],
        ...(open.record.production ? [['marked as', 'production']] : []),
      ];
      for (const line of layOutTable(lines)) output.line(line);
    });
    return 0;
  },
};

const removeCommand: Command = {
  path: ['connection', 'remove'],
  summary: 'Removes a connection and its secret, and checks that the secret is gone.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill connection remove shop',
  run: async ({ core, output, positionals }) => {
    const name = positionals[0] ?? '';
    const home = await core();
    await connectionRecordOf(home, name);
    const { secretRemoved } = await removeConnection(home, name);
    output.result({ removed: name, secretRemoved }, () => {
      output.line(`Connection ${name} is removed${secretRemoved ? ', and its password is gone from the vault' : ''}.`);
    });
    return 0;
  },
};
