import { appError } from '../../../../src-shared/errors/app-error.ts';
import { addKey, destroyKey, requireKey } from '../../../app/pseudonym-keys.ts';
import type { Core } from '../../../app/core.ts';
import type { Command } from '../command.ts';
import { layOutTable } from '../output.ts';

const addCommand: Command = {
  path: ['key', 'add'],
  summary: 'Makes a pseudonym key, one per client or engagement. Only its fingerprint is ever shown.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill key add client-a',
  run: async ({ core, output, positionals }) => {
    const name = positionals[0] ?? '';
    const record = await addKey(await core(), name);
    output.result({ name, ...record }, () => output.line(`Key ${name}  ${record.fingerprint}`));
    return 0;
  },
};

const listCommand: Command = {
  path: ['key', 'list'],
  summary: 'Lists pseudonym keys by name and fingerprint.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill key list',
  run: async ({ core, output }) => {
    const keys = Object.entries(await (await core()).records.keys.read()).map(([name, record]) => ({
      name,
      ...record,
    }));
    output.result({ keys }, () => {
      if (keys.length === 0) output.line('There are no keys yet. Make one: waybill key add NAME');
      const rows = keys.map((key) => [
        key.name,
        key.fingerprint,
        key.destroyed === undefined ? `made ${key.created}` : `destroyed ${key.destroyed}`,
      ]);
      for (const line of layOutTable(rows)) output.line(line);
    });
    return 0;
  },
};

const destroyCommand: Command = {
  path: ['key', 'destroy'],
  summary: 'Destroys a pseudonym key for good, after asking, and records it in the ledger.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  details: [
    'Nobody can then make its tokens again, or tell through this home which value a token stands for. The data is masked, not anonymous: others may know the values. The name stays taken, so that no other key is ever confused with it; a new key needs another name.',
  ],
  flags: { yes: { kind: 'switch', help: 'answers the question; needed without a terminal' } },
  example: 'waybill key destroy client-a',
  run: async ({ core, flags, output, positionals }) => {
    const name = positionals[0] ?? '';
    const home = await core();
    const { fingerprint } = await requireKey(home, name);
    if (!flags.has('yes')) await confirm(home, `${name} (${fingerprint})`, name);
    const record = await destroyKey(home, name);
    output.result({ name, ...record }, () => {
      output.line(`Key ${name} is destroyed.`);
      output.detail('Its tokens can never be made again. Its name stays taken: a new key needs another one.');
    });
    return 0;
  },
};

async function confirm({ host }: Core, key: string, name: string): Promise<void> {
  if (host.confirm === null) {
    throw appError('CLI/NOT_CONFIRMED', {
      message: `Destroying the key ${name} has to be confirmed, and nobody is there to ask.`,
      remedy: 'Add --yes to say that you mean it.',
    });
  }
  if (await host.confirm(`Destroy the key ${key}? Its tokens can never be made again. [y/N] `)) return;
  throw appError('RUN/CANCELLED', {
    message: `The key ${name} was kept.`,
    remedy: 'To destroy it, answer y.',
  });
}

export const keyCommands: readonly Command[] = [addCommand, listCommand, destroyCommand];
