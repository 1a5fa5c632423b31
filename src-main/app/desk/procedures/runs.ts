import { join } from 'node:path';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import { fromUtf8 } from '../../../../src-shared/util/utf8.ts';
import { partsInAll } from '../../kept-parts.ts';
import { openResumption } from '../../resume-run.ts';
import { readRun } from '../../run-records.ts';
import { trustedKeys } from '../../trusted-keys.ts';
import { untilAborted } from '../../until-aborted.ts';
import { verifyPath } from '../../verify-path.ts';
import type { Desk } from '../desk.ts';
import { procedures, signalOf } from '../procedure.ts';

const MAX_BYTES = 64 * 1024 * 1024;

export const runProcedures = {
  list: procedures.runs.list.handler(({ context: { desk } }) => desk.runs.list()),

  history: procedures.runs.history.handler(({ context: { desk }, input }) => desk.runs.history(input.plan)),

  show: procedures.runs.show.handler(({ context: { desk }, input }) => desk.runs.show(input.run)),

  watch: procedures.runs.watch.handler(({ context: { desk }, input, signal }) => desk.runs.watch(input.run, signal)),

  start: procedures.runs.start.handler(async ({ context: { desk }, input, signal }) => {
    return { run: await desk.runs.start({ ...input, confirm: input.confirm }, signalOf(signal)) };
  }),

  cancel: procedures.runs.cancel.handler(({ context: { desk }, input }) => desk.runs.cancel(input.run)),

  pause: procedures.runs.pause.handler(({ context: { desk }, input }) => desk.runs.pause(input.run)),

  goOn: procedures.runs.goOn.handler(({ context: { desk }, input }) => desk.runs.goOn(input.run)),

  repeat: procedures.runs.repeat.handler(async ({ context: { desk }, input, signal }) => ({
    run: await desk.runs.repeat({ ...input, confirm: input.confirm }, signalOf(signal)),
  })),

  resumable: procedures.runs.resumable.handler(async ({ context: { desk }, input, signal }) => {
    await using found = await openResumption(desk.core, input.run, signalOf(signal));
    return {
      kept: found.kept.map(({ result }) => result.name),
      parts: found.parts.map((kept) => ({ table: kept.table, parts: kept.parts.length, of: partsInAll(kept) })),
      rest: [...found.rest],
    };
  }),

  resume: procedures.runs.resume.handler(async ({ context: { desk }, input, signal }) => ({
    run: await desk.runs.resume({ ...input, confirm: input.confirm }, signalOf(signal)),
  })),

  verify: procedures.runs.verify.handler(async ({ context: { desk }, input, signal }) => {
    const path = await packageOf(desk, input.run);
    const { reader } = desk.verifier;
    const trusted = await trustedKeys(desk.verifier);
    const result = await untilAborted(verifyPath({ path, reader, cwd: path, trusted }), signalOf(signal));
    return { ...result, findings: [...result.findings] };
  }),

  report: procedures.runs.report.handler(async ({ context: { desk }, input }) => {
    const { run } = await readRun(desk.core, input.run);
    const sql = JSON.parse((await textOf(desk, { run, name: 'sql.json' })) ?? '{}') as { statements?: string[] }; // written by execute-export
    return { plan: (await textOf(desk, { run, name: 'plan.yaml' })) ?? '', sql: sql.statements ?? [] };
  }),
};

async function packageOf(desk: Desk, run: string): Promise<string> {
  const { package: folder } = await readRun(desk.core, run);
  if (folder !== null) return folder;
  throw appError('PACKAGE/ABSENT', {
    message: `The run ${run} wrote no package.`,
    remedy: 'Run its plan again.',
  });
}

async function textOf(desk: Desk, { run, name }: { run: string; name: string }): Promise<string | undefined> {
  const { store, home } = desk.core;
  const bytes = await store.read.file(join(home.runFolder(run), name), MAX_BYTES);
  return bytes === null ? undefined : fromUtf8(bytes);
}
