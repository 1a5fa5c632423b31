import { listRuns, unrecordedRuns, type RunFacts } from '../../../app/run-records.ts';
import { settleUnasked } from '../../../app/settle-unasked.ts';
import { figuresOf } from '../../../app/run-figures.ts';
import { showRun, type ShownRun } from '../../../app/show-run.ts';
import type { Core } from '../../../app/core.ts';
import type { Output } from '../output.ts';
import type { Command } from '../command.ts';
import { fitTable } from '../fit-table.ts';
import { runLines } from '../run-lines.ts';

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
    const home = await settled(await core(), output);
    const runs = (await listRuns(home)).map(listed);
    const unrecorded = await unrecordedRuns(home);
    output.result({ runs, ...(unrecorded.length === 0 ? {} : { unrecorded }) }, () => {
      if (runs.length === 0) output.line('Nothing has run yet.');
      else for (const line of fitTable([LIST_HEAD, ...runs.map(cellsOf)], { whole: [0] })) output.line(line);
      for (const folder of unrecorded) {
        output.line(`No run: ${folder}`);
        output.line('  Its process ended before the run began, and nothing was read: it can be deleted.');
      }
    });
    return 0;
  },
};

/** A run as the list tells it. Parameters may hold what nobody else is to see. */
function listed(facts: RunFacts) {
  const { report: _report, request: _request, ...rest } = facts;
  return { ...rest, summary: figuresOf(facts) };
}

const LIST_HEAD = ['RUN', 'STATE', 'STARTED (UTC)', 'PLAN'];

function cellsOf({ run, state, started, plan }: Omit<RunFacts, 'report' | 'request'>): string[] {
  return [run, state, started.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' '), plan];
}

const showCommand: Command = {
  path: ['runs', 'show'],
  summary: 'Shows one run: its tables with their verdicts, why what failed did, its package, what it left behind.',
  usage: 'RUN',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill runs show 01JD0000000000000000000000',
  run: async ({ core, output, positionals }) => {
    const shown = await showRun(await settled(await core(), output), positionals[0] ?? '');
    output.result(runJson(shown), () => {
      for (const line of runLines(shown)) output.line(line);
    });
    return 0;
  },
};

/** The result of `run --json`, and what only the record knows. */
function runJson({ tables, leftOver, request: _request, ...facts }: ShownRun): unknown {
  return {
    ...facts,
    ledger: facts.ledger ?? null,
    deliveries: facts.deliveries ?? [],
    tables: tables.map((table) => ({ ...table, resources: table.resources.map(({ path }) => path) })),
    ...(leftOver === null ? {} : { leftOver }),
  };
}

export const runsCommands: readonly Command[] = [listCommand, showCommand];
