import { testTarget } from '../../../app/targets.ts';
import type { Command } from '../command.ts';
import { optionLines } from '../option-lines.ts';
import { layOutTable } from '../output.ts';

export const listCommand: Command = {
  path: ['target', 'list'],
  summary: 'Lists the saved targets, without secrets.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill target list',
  run: async ({ core, output }) => {
    const all = await (await core()).records.targets.read();
    const targets = Object.entries(all)
      .map(([name, record]) => ({ name, ...record }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    output.result({ targets }, () => {
      if (targets.length === 0) {
        output.line('There are no targets yet. Add one: waybill target add --help');
        return;
      }
      const rows = targets.map(({ name, type, secrets }) => [name, type, secrets.join(', ') || 'none']);
      const [head = '', ...lines] = layOutTable([['NAME', 'TYPE', 'SECRET IN THE VAULT'], ...rows]);
      output.line(head);
      for (const [index, line] of lines.entries()) {
        output.line(line);
        for (const part of optionLines(targets[index]?.options ?? {})) output.line(part);
      }
    });
    return 0;
  },
};

export const testCommand: Command = {
  path: ['target', 'test'],
  summary:
    'Connects to a target, says where it leads and which host key it shows, and tries with a test file whether it may be written.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  details: [
    'The test file is small and hidden (.waybill-test-…). It is written, renamed, read back and removed, as a delivery would; where the server lets nothing be removed, its name is said.',
  ],
  flags: {},
  example: 'waybill target test partner',
  run: async ({ core, output, positionals, signal }) => {
    const name = positionals[0] ?? '';
    const facts = await testTarget(await core(), name, signal);
    output.result({ target: name, ...facts }, () => {
      const lines = [
        ['address', facts.uri],
        ['host key', facts.hostKey === null ? 'none' : `${facts.hostKey} (as pinned)`],
        ['right to write', 'yes: a test file was written, renamed and read back'],
        ['test file', facts.left === null ? 'removed' : `${facts.left}: the target does not let it be removed`],
      ];
      for (const line of layOutTable(lines)) output.line(line);
    });
    return 0;
  },
};
