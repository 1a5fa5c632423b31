import { appError } from '../../../../src-shared/errors/app-error.ts';
import { addKey, destroyKey } from '../../../app/pseudonym-keys.ts';
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
  flags: { yes: { kind: 'switch', help: 'answers the question' } },
  example: 'waybill key destroy client-a',
  run: async ({ core, flags, output, positionals }) => {
    const name = positionals[0] ?? '';
    const home = await core();
    const question = `Destroy the key ${name}? Tokens made with it can never be made again. [y/N] `;
    const agreed = flags.has('yes') || (home.host.confirm !== null && (await home.host.confirm(question)));
    if (!agreed) {
      throw appError('RUN/CANCELLED', {
        message: `The key ${name} was kept.`,
        remedy: 'Without a terminal, add --yes.',
      });
    }
    const record = await destroyKey(home, name);
    output.result({ name, ...record }, () => output.line(`Key ${name} is destroyed.`));
    return 0;
  },
};

export const keyCommands: readonly Command[] = [addCommand, listCommand, destroyCommand];
