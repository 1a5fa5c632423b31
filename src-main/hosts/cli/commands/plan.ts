import { resolve } from 'node:path';
import { exitCodeOf } from '../../../../src-shared/errors/catalog.ts';
import { counted } from '../../../../src-shared/util/format-number.ts';
import { acceptCatalog, authorPlan, requireNewFile, writeNewFile } from '../../../app/author-plan.ts';
import { requireCompiled, type OpenPlan } from '../../../app/open-plan.ts';
import { PlanFindings } from '../../../app/plan-findings.ts';
import type { Command, Invocation } from '../command.ts';
import { countFindings } from '../finding-lines.ts';
import { openPlanOf, PARAM_FLAG } from '../open-plan-flags.ts';

const newCommand: Command = {
  path: ['plan', 'new'],
  summary: 'Writes a plan to edit: every column listed, suspected personal columns commented.',
  usage: 'CONNECTION',
  positionals: { min: 1, max: 1 },
  flags: {
    tables: { kind: 'text', value: 'GLOB,…', help: 'tables to list (default: all)' },
    out: { kind: 'text', value: 'FILE', help: 'write here instead of standard output; never over an existing file' },
  },
  example: "waybill plan new shop --tables 'public.*' --out shop.plan.yaml",
  run: async ({ core, flags, io, output, positionals, signal }) => {
    const home = await core();
    const out = flags.text('out');
    if (out !== undefined) await requireNewFile(home, resolve(io.cwd, out));
    const name = positionals[0] ?? '';
    const globs = flags.text('tables')?.split(',') ?? [];
    const text = await authorPlan(home, name, { globs, signal });
    if (out === undefined) {
      output.result({ plan: text }, () => void io.stdout.write(text));
      return 0;
    }
    const path = resolve(io.cwd, out);
    await writeNewFile(home, path, text);
    output.result({ path }, () => {
      output.line(`The plan is in ${out}.`);
      output.line(`Next: say its purpose, look at the masks, then: waybill plan check ${out} --accept`);
    });
    return 0;
  },
};

const checkCommand: Command = {
  path: ['plan', 'check'],
  summary: 'Checks a plan against the database, as a run would need it; findings with line and column.',
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: { accept: { kind: 'switch', help: 'sign off the catalog as it is now, in the plan file' }, param: PARAM_FLAG },
  example: 'waybill plan check shop.plan.yaml --accept',
  run: async (invocation) => {
    const { flags, output } = invocation;
    try {
      await using open = await openPlanOf(invocation, flags.has('accept') ? 'any' : 'none', true);
      return await report(open, invocation);
    } catch (error) {
      // A script reads the findings where it reads them of a plan that is in order.
      if (!output.json || !(error instanceof PlanFindings)) throw error;
      output.result({ ok: false, findings: error.findings }, () => undefined);
      return exitCodeOf(error.code);
    }
  },
};

async function report(open: OpenPlan, { core, flags, output }: Invocation): Promise<number> {
  const accept = flags.has('accept');
  const compiled = requireCompiled(open);
  const { findings } = open.result;
  output.findings(findings, open.shownAs);
  if (accept) await acceptCatalog(await core(), open);
  const tables = compiled.tables.map((table) => table.name);
  output.result({ ok: true, catalog: compiled.catalog, accepted: accept, tables, findings }, () => {
    const remarks = findings.length === 0 ? 'no findings' : countFindings(findings);
    output.line(`The plan is in order: ${counted(tables.length, 'table')}, ${remarks}.`);
    if (accept) output.line(`The catalog is accepted: ${compiled.catalog}`);
  });
  return 0;
}

export const planCommands: readonly Command[] = [newCommand, checkCommand];
