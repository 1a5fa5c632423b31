import { listRuns, readRun } from '../../../app/run-records.ts';
import type { Command } from '../command.ts';
import { layOutTable } from '../output.ts';

const listCommand: Command = {
  path: ['runs'],
  summary: 'Lists the runs of this home, newest first.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill runs',
  run: async ({ core, output }) => {
    const runs = (await listRuns(await core())).map(({ report: _report, ...facts }) => facts);
    output.result({ runs }, () => {
      if (runs.length === 0) output.line('Nothing has run yet.');
      const rows = runs.map((run) => [run.run, run.state, run.plan, run.connection, run.started, run.package ?? '']);
      for (const line of layOutTable(rows)) output.line(line);
    });
    return 0;
  },
};

const showCommand: Command = {
  path: ['runs', 'show'],
  summary: 'Shows one run with its report.',
  usage: 'RUN',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill runs show 01JD0000000000000000000000',
  run: async ({ core, output, positionals }) => {
    const facts = await readRun(await core(), positionals[0] ?? '');
    output.result(facts, () => {
      const rows = [
        ['run', facts.run],
        ['state', facts.state],
        ['plan', facts.plan],
        ['connection', facts.connection],
        ['started', facts.started],
        ...(facts.ended === undefined ? [] : [['ended', facts.ended]]),
        ['package', facts.package ?? `none (was being written in ${facts.folder})`],
        ...(facts.deliveries ?? []).map(({ target, state, uri, error }) => [
          `to ${target}`,
          [state, uri ?? error?.code ?? ''].join(' ').trimEnd(),
        ]),
      ];
      for (const line of layOutTable(rows)) output.line(line);
    });
    return 0;
  },
};

export const runsCommands: readonly Command[] = [listCommand, showCommand];
