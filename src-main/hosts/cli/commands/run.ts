import { resolve } from 'node:path';
import { exitCodeOf } from '../../../../src-shared/errors/catalog.ts';
import { fromWireError } from '../../../../src-shared/errors/wire.ts';
import { counted, isOrAre } from '../../../../src-shared/util/format-number.ts';
import type { ExportResult } from '../../../app/export-result.ts';
import { estimatePackage } from '../../../app/estimate-package.ts';
import { requireCompiled } from '../../../app/open-plan.ts';
import { unsettledRuns } from '../../../app/run-records.ts';
import type { Core } from '../../../app/core.ts';
import { runPlan } from '../../../app/run-plan.ts';
import { spaceAhead } from '../../../app/space-ahead.ts';
import { askForName } from '../ask-for-name.ts';
import type { Command } from '../command.ts';
import { dryRun } from '../dry-run.ts';
import { openPlanOf, PARAM_FLAG, warnOf } from '../open-plan-flags.ts';
import { showDelivery } from '../delivery-progress.ts';
import { deliveryExit, showDeliveries } from '../show-deliveries.ts';
import { leftOverLines } from '../left-over-lines.ts';
import type { Output } from '../output.ts';
import { usage } from '../parse-arguments.ts';
import { PAUSE_HELP, pauseBySignal } from '../pause-by-signal.ts';
import { progressMode, showProgress } from '../progress.ts';
import { reportLines } from '../report-lines.ts';
import { verdictLines, wholePartLines } from '../verdict-lines.ts';

const LOAD_HELP =
  'Where limits.connections leaves a connection free, it looks every few seconds how the run is doing on the server: what its sessions wait for and who holds a lock that they wait for. That is said at once; the rest is in the report, and in --progress json (docs/spec/progress.md).';

export const runCommand: Command = {
  path: ['run'],
  summary:
    'Runs a plan: reads, masks, writes, reads back, signs and seals a package; delivers it where the plan says so.',
  details: [PAUSE_HELP, LOAD_HELP],
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: {
    out: { kind: 'text', value: 'DIR', help: 'folder the package appears in (default: here); created when missing' },
    param: PARAM_FLAG,
    'dry-run': { kind: 'switch', help: 'print SQL, estimates, masks and files, and stop' },
    only: { kind: 'text', value: 'T,…', many: true, help: 'only these tables of the plan' },
    'accept-catalog': { kind: 'switch', help: 'accept the catalog as it is now (recorded)' },
    confirm: {
      kind: 'text',
      value: 'CONNECTION',
      help: 'name of the production connection, to say that it is meant; at a terminal it is asked for',
    },
    'require-proof': { kind: 'switch', help: 'a table that cannot be proven complete is a failure' },
  },
  example: 'waybill run crm-migration.plan.yaml --out ./delivery',
  run: async (invocation) => {
    const { core, flags, io, output, signal } = invocation;
    if (flags.text('out') === '')
      throw usage('--out names no folder.', 'Write --out DIR, or leave it out for this folder.');
    const accept = flags.has('accept-catalog');
    const isDry = flags.has('dry-run');
    if (!isDry) openVaultAhead(await core());
    await using open = await openPlanOf(invocation, accept ? 'unsigned' : 'none', isDry);
    const compiled = requireCompiled(open);
    warnOf(open.result.findings, output, invocation.positionals[0] ?? '');
    const out = resolve(io.cwd, flags.text('out') ?? '.');
    const read = open.result.found.filter(({ name }) => compiled.tables.some((table) => table.name === name));
    const space = await spaceAhead(await core(), {
      folder: out,
      // How small it becomes is known when it is written.
      bytes: compiled.compress === undefined ? estimatePackage(read) : null,
    });
    if (space !== null) output.warning(space);
    if (isDry) return dryRun(open, invocation);
    const requireProof = flags.has('require-proof');
    const mode = progressMode(flags.text('progress'), io, output.quiet);
    const home = await core();
    for (const { run, plan } of await unsettledRuns(home))
      output.note(
        `An earlier run of ${plan} was interrupted: its process died. To go on with it: waybill resume ${run}`,
      );
    using asked = pauseBySignal(home, open, invocation);
    const result = await runPlan(home, {
      open,
      out,
      confirm: flags.text('confirm') ?? (await askForName(open, invocation)),
      acceptedCatalog: accept,
      requireProof,
      signal,
      pause: asked.pause,
      onEvent: showProgress(mode, io),
      onDelivery: showDelivery(mode, io),
    });
    output.result(exportJson(result), () => showExport(result, output));
    return exportExit(result, { output, requireProof });
  },
};

/**
 * The key of a passphrase vault takes most of a second to make: it is made while the plan is opened, where the passphrase was
 * given. What is wrong with it is said where the vault is needed.
 */
function openVaultAhead({ vault }: Core): void {
  void vault()
    .then((opened) => opened.passphraseState())
    .catch(() => undefined);
}

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
  const of = `${complete} of ${counted(result.tables.length, 'table')}`;
  const incomplete = result.tables.length === 0 ? 'no table was read' : `${of} ${isOrAre(complete)} complete`;
  output.line(
    result.tables.length > 0 && complete === result.tables.length
      ? `Complete: ${of}: source = written = re-read`
      : `${result.state}: ${incomplete}`,
  );
  // What failed is said with --quiet as well: it is why the result is what it is.
  const shown = result.tables.filter((table) => !output.quiet || table.error !== undefined);
  for (const line of verdictLines(shown)) output.line(`  ${line}`);
  for (const { name, why } of shown) {
    if (why !== undefined) output.line(`  ${why.startsWith(name) ? '' : `${name}: `}${why}`);
  }
  for (const line of reportLines(result.summary, result.load)) output.detail(line);
  for (const line of wholePartLines(result.tables)) output.line(`  ${line}`);
  if (result.package === null) output.detail('No package was written.');
  else if (!output.quiet) output.exact(`Package: ${result.package}`);
  for (const line of leftOverLines(result.leftOver ?? null)) output.line(line);
  if (hasKept(result)) output.line(`To go on with it: waybill resume ${result.run}`);
  showDeliveries(result, output);
  output.detail(`Run ${result.run}, ledger entry ${result.ledger.seq}`);
}

/** It did not end well, and what of it is whole need not be read again. */
function hasKept({ state, tables }: ExportResult): boolean {
  return state !== 'succeeded' && tables.some(({ verdict, wholeParts }) => verdict !== 'incomplete' || wholeParts);
}

/** Exit code of a finished run: the export's, else that of the first delivery that failed. What failed is said on stderr. */
export function exportExit(
  result: ExportResult,
  { output, requireProof }: { output: Output; requireProof: boolean },
): number {
  const unproven = result.tables.filter((table) => table.verdict === 'unproven');
  for (const { name, why } of unproven) {
    output.warning({
      code: 'RUN/UNPROVEN',
      message: `${name} cannot be proven complete: ${why ?? ''}`,
      ...(requireProof ? {} : { remedy: 'To make this a failure, add --require-proof.' }),
    });
  }
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
