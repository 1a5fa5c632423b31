import { resolve } from 'node:path';
import { exitCodeOf } from '../../../../src-shared/errors/catalog.ts';
import { fromWireError } from '../../../../src-shared/errors/wire.ts';
import type { ExportResult } from '../../../app/execute-export.ts';
import { requireCompiled } from '../../../app/open-plan.ts';
import { runPlan } from '../../../app/run-plan.ts';
import type { Command } from '../command.ts';
import { dryRun } from '../dry-run.ts';
import { openPlanOf, PARAM_FLAG } from '../open-plan-flags.ts';
import { showDelivery } from '../delivery-progress.ts';
import { deliveryExit, showDeliveries } from '../show-deliveries.ts';
import { leftOverLines } from '../left-over-lines.ts';
import { layOutTable, type Output } from '../output.ts';
import { usage } from '../parse-arguments.ts';
import { progressMode, showProgress, size } from '../progress.ts';

export const runCommand: Command = {
  path: ['run'],
  summary:
    'Runs a plan: reads, masks, writes, reads back, signs and seals a package; delivers it where the plan says so.',
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: {
    out: { kind: 'text', value: 'DIR', help: 'folder the package appears in (default: here); created when missing' },
    param: PARAM_FLAG,
    'dry-run': { kind: 'switch', help: 'print SQL, estimates, masks and files, and stop' },
    only: { kind: 'text', value: 'T,…', many: true, help: 'only these tables of the plan' },
    'accept-catalog': { kind: 'switch', help: 'accept the catalog as it is now (recorded)' },
    confirm: { kind: 'text', value: 'CONNECTION', help: 'says that the production connection is meant' },
    'require-proof': { kind: 'switch', help: 'a table that cannot be proven complete is a failure' },
  },
  example: 'waybill run crm-migration.plan.yaml --out ./delivery',
  run: async (invocation) => {
    const { core, flags, io, output, signal } = invocation;
    if (flags.text('out') === '')
      throw usage('--out names no folder.', 'Write --out DIR, or leave it out for this folder.');
    const accept = flags.has('accept-catalog');
    const isDry = flags.has('dry-run');
    await using open = await openPlanOf(invocation, accept ? 'unsigned' : 'none', isDry);
    requireCompiled(open);
    for (const finding of open.result.findings) output.warning(finding.message);
    if (isDry) return dryRun(open, invocation);
    const requireProof = flags.has('require-proof');
    const mode = progressMode(flags.text('progress'), io, output.quiet);
    const result = await runPlan(await core(), {
      open,
      out: resolve(io.cwd, flags.text('out') ?? '.'),
      confirm: flags.text('confirm'),
      acceptedCatalog: accept,
      requireProof,
      signal,
      onEvent: showProgress(mode, io),
      onDelivery: showDelivery(mode, io),
    });
    output.result(exportJson(result), () => showExport(result, output));
    return exportExit(result, { output, requireProof });
  },
};

/** The result in the shape of `interface.md`. */
export function exportJson(result: ExportResult): unknown {
  return {
    ...result,
    tables: result.tables.map((table) => ({
      ...table,
      resources: table.resources.map((file) => file.path),
    })),
  };
}

/** The verdict first, then what it rests on. */
export function showExport(result: ExportResult, output: Output): void {
  const complete = result.tables.filter((table) => table.verdict === 'complete').length;
  const of = `${complete} of ${result.tables.length} tables`;
  output.line(
    result.tables.length > 0 && complete === result.tables.length
      ? `Complete: ${of}: source = written = re-read`
      : `${result.state}: ${of} are complete`,
  );
  const rows = result.tables.map((table) => [
    `  ${table.name}`,
    table.verdict,
    `source ${table.sourceRows ?? '?'}`,
    `written ${table.writtenRows ?? '?'}`,
    `re-read ${table.rereadRows ?? '?'}`,
    size(table.resources.reduce((sum, file) => sum + file.bytes, 0)),
    table.why ?? '',
  ]);
  for (const line of layOutTable(rows)) output.line(line);
  output.line(result.package === null ? 'No package was written.' : `Package: ${result.package}`);
  for (const line of leftOverLines(result.leftOver ?? null)) output.line(line);
  showDeliveries(result, output);
  output.line(`Run ${result.run}, ledger entry ${result.ledger.seq}`);
}

/** Exit code of a finished run: the export's, else that of the first delivery that failed. What failed is said on stderr. */
export function exportExit(
  result: ExportResult,
  { output, requireProof }: { output: Output; requireProof: boolean },
): number {
  const unproven = result.tables.filter((table) => table.verdict === 'unproven');
  for (const table of unproven) output.warning(`${table.name} cannot be proven complete: ${table.why ?? ''}`);
  if (result.error !== undefined && !output.json) output.error(fromWireError(result.error));
  const delivered = deliveryExit(result, output);
  return verdictExit(result) || (unproven.length > 0 && requireProof ? 9 : delivered);
}

function verdictExit(result: ExportResult): number {
  if (result.state === 'cancelled') return 130;
  const mismatched = result.tables.some((table) => table.verdict === 'incomplete' && table.error === undefined);
  if (mismatched) return 9;
  if (result.error === undefined) return 0;
  const integrity = result.tables.some((table) => table.error?.kind === 'integrity');
  if (integrity) return 9;
  return result.state === 'partial' ? 12 : exitCodeOf(result.error.code);
}
