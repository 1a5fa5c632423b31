import { listRuns, unrecordedRuns, type RunFacts } from '../../../app/run-records.ts';
import { settleUnasked } from '../../../app/settle-unasked.ts';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import { byPlan } from '../../../../src-shared/model/plan-of-runs.ts';
import { counted } from '../../../../src-shared/util/format-number.ts';
import { nearest } from '../../../../src-shared/util/nearest.ts';
import { figuresOf, type RunFigures } from '../../../app/run-figures.ts';
import { showRun, type ShownRun } from '../../../app/show-run.ts';
import type { Core } from '../../../app/core.ts';
import type { Output } from '../output.ts';
import type { Command } from '../command.ts';
import { fitTable } from '../fit-table.ts';
import { historyLines } from '../history-lines.ts';
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
  flags: {
    plan: {
      kind: 'text',
      value: 'NAME',
      help: 'only runs of the plan of this name, with what each took: time, tables, rows, size and rates',
    },
  },
  example: 'waybill runs --plan crm-migration',
  run: async ({ core, flags, output }) => {
    const home = await settled(await core(), output);
    const plan = flags.text('plan');
    const all = await listRuns(home);
    if (plan !== undefined) return showHistory(plan, all, output);
    const unrecorded = await unrecordedRuns(home);
    const runs = all.map(listed);
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

/** The runs of one plan over time, each with its figures. */
function showHistory(plan: string, all: readonly RunFacts[], output: Output): number {
  const runs = all.filter((facts) => facts.plan === plan).map(listed);
  const plans = byPlan(runs.map((run) => ({ ...run, planPath: run.planPath ?? null })));
  if (runs.length === 0) {
    const near = nearest(
      plan,
      all.map((facts) => facts.plan),
    );
    throw appError('RUN/ABSENT', {
      message: `No plan named ${plan} has run in this home.`,
      remedy: near === undefined ? 'See: waybill runs.' : `Did you mean ${near}? See: waybill runs.`,
    });
  }
  output.result({ plan, runs }, () => {
    for (const [at, own] of plans.entries()) {
      if (at > 0) output.line('');
      output.line(`${plan}: ${counted(own.runs.length, 'run')}, newest first`);
      if (own.isNamesake) output.line(`  of ${own.planPath ?? 'a file that is not known'}`);
      for (const line of historyLines(own.runs)) output.line(line);
    }
  });
  return 0;
}

/** A run as the list tells it. Parameters may hold what nobody else is to see. */
function listed(facts: RunFacts): ListedRun {
  const { report: _report, request: _request, ...rest } = facts;
  return { ...rest, summary: figuresOf(facts) };
}

type ListedRun = Omit<RunFacts, 'report' | 'request'> & { readonly summary: RunFigures | null };

const LIST_HEAD = ['RUN', 'STATE', 'STARTED (UTC)', 'PLAN'];

function cellsOf({ run, state, started, plan }: ListedRun): string[] {
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
