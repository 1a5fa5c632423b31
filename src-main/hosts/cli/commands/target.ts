import { optionFields } from '../../../app/option-fields.ts';
import { addTarget, removeTarget, targetRecordOf, testTarget } from '../../../app/targets.ts';
import type { Target, TargetSecrets } from '../../../ports/target.ts';
import type { Command, Invocation } from '../command.ts';
import { layOutTable } from '../output.ts';
import { usage } from '../parse-arguments.ts';
import { readSecretFromStdin } from '../read-secret.ts';
import { storeFlag, STORE_FLAG } from '../store-flag.ts';
import { adapterFlags, optionValues } from './connection.ts';

/** The `target …` commands; the flags of `add` come from the targets' own options. */
export function targetCommands(targets: readonly Target[]): readonly Command[] {
  return [addCommand(targets), listCommand, testCommand, removeCommand];
}

function addCommand(targets: readonly Target[]): Command {
  const kinds = targets.map((target) => target.id).join('|');
  return {
    path: ['target', 'add'],
    summary:
      'Saves a delivery target. Its host key is pinned; its secret goes to the vault, never into a file in clear.',
    usage: `NAME --type ${kinds}`,
    positionals: { min: 1, max: 1 },
    flags: {
      type: { kind: 'text', value: kinds, help: 'kind of target' },
      ...adapterFlags(targets.map((target) => target.options)),
      'password-stdin': { kind: 'switch', help: 'read the password from standard input' },
      'passphrase-stdin': { kind: 'switch', help: 'read the passphrase of the key from standard input' },
      store: STORE_FLAG,
    },
    example:
      'waybill target add partner --type sftp --host sftp.example.net --user crm --path incoming --key ~/.ssh/id_ed25519 --host-key SHA256:…',
    run: async (invocation) => {
      const { flags, output, positionals, signal } = invocation;
      const id = flags.text('type');
      const target = targets.find((candidate) => candidate.id === id);
      if (target === undefined) {
        throw usage(
          id === undefined ? 'A target needs a type.' : `There is no type of target named ${id}.`,
          `Write --type ${kinds}.`,
        );
      }
      const secrets = await secretsFor(target, invocation);
      const name = positionals[0] ?? '';
      const { record, vault } = await addTarget(await invocation.core(), {
        name,
        type: target.id,
        options: optionValues(optionFields(target.options), flags),
        secrets,
        store: storeFlag(flags),
        signal,
      });
      output.result({ name, type: record.type, options: record.options, secret: vault?.id ?? null }, () => {
        output.line(`Target ${name} is saved.`);
        const { hostKey } = record.options;
        if (typeof hostKey === 'string') output.line(`Its host key is pinned: ${hostKey}`);
        output.line(vault === null ? 'No secret is stored.' : `Its secret is in: ${vault.title}. ${vault.protection}`);
        output.line(`Next: waybill target test ${name}`);
      });
      return 0;
    },
  };
}

async function secretsFor(target: Target, { core, flags, io }: Invocation): Promise<TargetSecrets> {
  const wantsPassword = flags.has('password-stdin');
  const wantsPassphrase = flags.has('passphrase-stdin');
  if (wantsPassword && wantsPassphrase) {
    throw usage('Standard input holds one secret.', 'Give --password-stdin, or --passphrase-stdin for a key.');
  }
  if (!target.traits.network) return { password: null, passphrase: null };
  if (wantsPassword) return { password: await readSecretFromStdin(io), passphrase: null };
  if (wantsPassphrase) return { password: null, passphrase: await readSecretFromStdin(io) };
  const { askSecret } = (await core()).host;
  if (askSecret === null) return { password: null, passphrase: null };
  return flags.has('key')
    ? { password: null, passphrase: await askSecret('Passphrase of the key (empty for none): ') }
    : { password: await askSecret('Password (empty for none): '), passphrase: null };
}

const listCommand: Command = {
  path: ['target', 'list'],
  summary: 'Lists the saved targets, without secrets.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill target list',
  run: async ({ core, output }) => {
    const all = await (await core()).records.targets.read();
    const targets = Object.entries(all).map(([name, record]) => ({ name, ...record }));
    output.result({ targets }, () => {
      if (targets.length === 0) output.line('There are no targets yet. Add one: waybill target add --help');
      const rows = targets.map(({ name, type, options, secrets }) => [
        name,
        type,
        Object.entries(options)
          .map(([key, value]) => `${key}=${String(value)}`)
          .join(' '),
        secrets.length === 0 ? 'no secret' : `${secrets.join(' and ')} in the vault`,
      ]);
      for (const line of layOutTable(rows)) output.line(line);
    });
    return 0;
  },
};

const testCommand: Command = {
  path: ['target', 'test'],
  summary: 'Connects to a target and says where it leads and which host key it shows; writes nothing.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill target test partner',
  run: async ({ core, output, positionals, signal }) => {
    const name = positionals[0] ?? '';
    const facts = await testTarget(await core(), name, signal);
    output.result({ target: name, ...facts }, () => {
      const lines = [
        ['address', facts.uri],
        ['host key', facts.hostKey === null ? 'none' : `${facts.hostKey} (as pinned)`],
      ];
      for (const line of layOutTable(lines)) output.line(line);
    });
    return 0;
  },
};

const removeCommand: Command = {
  path: ['target', 'remove'],
  summary: 'Removes a target and its secrets, and checks that they are gone.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill target remove partner',
  run: async ({ core, output, positionals }) => {
    const name = positionals[0] ?? '';
    const home = await core();
    await targetRecordOf(home, name);
    const { secretsRemoved } = await removeTarget(home, name);
    output.result({ removed: name, secretsRemoved }, () => {
      output.line(`Target ${name} is removed${secretsRemoved === 0 ? '' : ', and its secret is gone from the vault'}.`);
    });
    return 0;
  },
};
