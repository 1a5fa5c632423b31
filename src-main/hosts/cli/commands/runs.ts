import { listRuns, readRun } from '../../../app/run-records.ts';
import { settleUnasked } from '../../../app/settle-unasked.ts';
import type { Core } from '../../../app/core.ts';
import type { Output } from '../output.ts';
import type { Command } from '../command.ts';
import { layOutTable } from '../output.ts';

/** Runs that died are written down first; where that is not possible now, they are shown all the same. */
async function settled(core: Core, output: Output): Promise<Core> {
  const why = await settleUnasked(core);
  if (why !== null) {
    output.note(
      `The ledger does not say yet that a run was interrupted. ${why} The next command that opens it writes it down.`,
    );
  }
  return core;
}

const listCommand: Command = {
  path: ['runs'],
  summary: 'Lists the runs of this home, newest first; one whose process died is interrupted.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill runs',
  run: async ({ core, output }) => {
    const runs = (await listRuns(await settled(await core(), output))).map(({ report: _report, ...facts }) => facts);
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
    const facts = await readRun(await settled(await core(), output), positionals[0] ?? '');
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
