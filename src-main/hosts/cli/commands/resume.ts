import { resolve } from 'node:path';
import { counted } from '../../../../src-shared/util/format-number.ts';
import { clearResumed } from '../../../app/clear-resumed.ts';
import {
  isOfTwoMoments,
  keptWords,
  openResumption,
  requireTwoSnapshots,
  type Resumption,
} from '../../../app/resume-run.ts';
import { runPlan } from '../../../app/run-plan.ts';
import { askYesNo } from '../ask.ts';
import { askForName } from '../ask-for-name.ts';
import type { Command, Invocation } from '../command.ts';
import { showDelivery } from '../delivery-progress.ts';
import { isInteractive } from '../host-capabilities.ts';
import { warnOf } from '../open-plan-flags.ts';
import { usage } from '../parse-arguments.ts';
import { PAUSE_HELP, pauseBySignal } from '../pause-by-signal.ts';
import { progressMode, showProgress } from '../progress.ts';
import { exportExit, exportJson, showExport } from './run.ts';

export const resumeCommand: Command = {
  path: ['resume'],
  summary:
    'Goes on with a run that was interrupted, cancelled or failed: keeps its finished tables after hashing them anew, reads the others, and seals a package of its own.',
  details: [PAUSE_HELP],
  usage: 'RUN',
  positionals: { min: 1, max: 1 },
  flags: {
    out: { kind: 'text', value: 'DIR', help: 'folder the package appears in (default: that of the run)' },
    'two-snapshots': {
      kind: 'switch',
      help: 'kept tables may show an earlier moment than the others (recorded); at a terminal it is asked',
    },
    'start-over': { kind: 'switch', help: 'keep nothing: read all tables anew in one snapshot' },
    confirm: { kind: 'text', value: 'CONNECTION', help: 'name of the production connection, to say that it is meant' },
    'require-proof': { kind: 'switch', help: 'a table that cannot be proven complete is a failure' },
  },
  example: 'waybill resume 01JD0000000000000000000000 --two-snapshots',
  run: async (invocation) => {
    const { core, flags, io, output, positionals, signal } = invocation;
    if (flags.text('out') === '')
      throw usage('--out names no folder.', 'Write --out DIR, or leave it out for the folder of the run.');
    const home = await core();
    // Runs that died are written down first, so that this one is over for everybody.
    await home.ledger();
    await using found = await openResumption(home, positionals[0] ?? '', signal);
    const isOver = flags.has('start-over');
    if (!isOver) requireTwoSnapshots(found, flags.has('two-snapshots') || (await askForTwo(found, invocation)));
    warnOf(found.open.result.findings, output, found.open.shownAs);
    const nothing = { kept: [], parts: [], rest: [...found.kept.map(({ result }) => result.name), ...found.rest] };
    const use = isOver ? nothing : found;
    output.note(keptNote(use));
    const requireProof = flags.has('require-proof');
    const mode = progressMode(flags.text('progress'), io, output.quiet);
    const out = flags.text('out');
    using asked = pauseBySignal(home, found.open, invocation);
    const result = await runPlan(home, {
      open: found.open,
      out: out === undefined ? found.out : resolve(io.cwd, out),
      confirm: flags.text('confirm') ?? (await askForName(found.open, invocation)),
      // The plan still comes to the same: what was accepted then is what there is now.
      acceptedCatalog: found.facts.accepted?.catalog ?? false,
      requireProof,
      resumes: { run: found.facts.run, kept: use.kept, parts: use.parts },
      signal,
      pause: asked.pause,
      onEvent: showProgress(mode, io),
      onDelivery: showDelivery(mode, io),
    });
    await clearResumed(home, result, found.earlier);
    output.result(exportJson(result), () => showExport(result, output));
    return exportExit(result, { output, requireProof });
  },
};

function keptNote(found: Pick<Resumption, 'kept' | 'parts' | 'rest'>): string {
  const { kept, parts, rest } = found;
  const are = rest.length === 1 ? 'is' : 'are';
  if (kept.length + parts.length === 0) return `Nothing is kept: ${counted(rest.length, 'table')} ${are} read.`;
  const keeps = kept.length === 1 && parts.length === 0 ? 'is' : 'are';
  const read = rest.length === 0 ? 'nothing is' : `the rest of ${counted(rest.length, 'table')} is`;
  return `${keptWords(found)} ${keeps} kept, hashed anew; ${read} read.`;
}

async function askForTwo(found: Resumption, { io, signal }: Invocation): Promise<boolean> {
  if (!isOfTwoMoments(found) || !isInteractive(io)) return false;
  const question = `${keptWords(found)} would show the database as it was then, the rest as it is now. Go on with two snapshots? [y/N]`;
  return askYesNo({ io, signal }, question);
}
