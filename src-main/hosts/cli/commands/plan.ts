import { resolve } from 'node:path';
import { acceptCatalog, authorPlan, writeNewFile } from '../../../app/author-plan.ts';
import { PlanFindings } from '../../../app/open-plan.ts';
import type { Command } from '../command.ts';
import { openPlanOf, PARAM_FLAG, showFindings } from '../open-plan-flags.ts';

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
    const name = positionals[0] ?? '';
    const globs = flags.text('tables')?.split(',') ?? [];
    const text = await authorPlan(home, name, { globs, signal });
    const out = flags.text('out');
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
  summary: 'Compiles a plan against the catalog; findings with line and column. --accept signs off the catalog.',
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: { accept: { kind: 'switch', help: 'sign off the catalog as it is now, in the plan file' }, param: PARAM_FLAG },
  example: 'waybill plan check shop.plan.yaml --accept',
  run: async (invocation) => {
    const { core, flags, output, positionals } = invocation;
    const accept = flags.has('accept');
    await using open = await openPlanOf(invocation, accept ? 'any' : 'none');
    const { compiled, findings } = open.result;
    showFindings(findings, output, positionals[0] ?? '');
    if (compiled === null) throw new PlanFindings(findings);
    if (accept) await acceptCatalog(await core(), open);
    output.result(
      {
        ok: true,
        catalog: compiled.catalog,
        accepted: accept,
        tables: compiled.tables.map((table) => table.name),
        findings,
      },
      () => {
        output.line(`The plan is in order: ${compiled.tables.length} tables, ${findings.length} remarks.`);
        if (accept) output.line(`The catalog is accepted: ${compiled.catalog}`);
      },
    );
    return 0;
  },
};

export const planCommands: readonly Command[] = [newCommand, checkCommand];
