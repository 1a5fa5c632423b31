import { counted } from '../../../../src-shared/util/format-number.ts';
import { countPlan } from '../../../app/count-plan.ts';
import { estimateTable } from '../../../app/estimate-table.ts';
import { requireCompiled } from '../../../app/open-plan.ts';
import { previewPlan } from '../../../app/preview-plan.ts';
import type { Command } from '../command.ts';
import { openPlanOf, PARAM_FLAG } from '../open-plan-flags.ts';
import { layOutTable } from '../output.ts';
import { estimateWords } from '../row-words.ts';
import { showPreview } from '../show-preview.ts';
import { usage } from '../parse-arguments.ts';

const MAX_PREVIEW_ROWS = 10_000;

const countCommand: Command = {
  path: ['count'],
  summary: 'Rows per table after its filter: from statistics, or exactly.',
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: { exact: { kind: 'switch', help: 'let the server count' }, param: PARAM_FLAG },
  example: 'waybill count crm-migration.plan.yaml --exact',
  run: async (invocation) => {
    const { flags, output, positionals, signal } = invocation;
    await using open = await openPlanOf(invocation, 'unsigned');
    const tables = await countPlan(open, { exact: flags.has('exact'), signal });
    output.result({ tables }, () => {
      const compiled = requireCompiled(open).tables;
      const rows = tables.map((table, index) => {
        if (table.kind === 'exact') return [table.name, counted(table.rows ?? 0, 'row'), 'exact'];
        const planned = compiled[index];
        return [table.name, ...(planned === undefined ? ['unknown'] : estimateWords(estimateTable(planned)))];
      });
      for (const line of layOutTable(rows, [1])) output.line(line);
      const file = positionals[0] ?? '';
      if (!flags.has('exact')) output.note(`Estimates are from statistics. To count: waybill count ${file} --exact`);
    });
    return 0;
  },
};

const previewCommand: Command = {
  path: ['preview'],
  summary: 'Shows the first rows as they will be written, masks applied. Recorded in the ledger.',
  usage: 'FILE',
  positionals: { min: 1, max: 1 },
  flags: {
    table: { kind: 'text', value: 'T', help: 'only this table' },
    rows: { kind: 'text', value: 'N', help: 'how many rows (default 20)' },
    originals: { kind: 'switch', help: 'also the values before masking; the ledger says so' },
    param: PARAM_FLAG,
  },
  example: 'waybill preview crm-migration.plan.yaml --table public.customers --rows 5',
  run: async (invocation) => {
    const { core, flags, io, output, signal } = invocation;
    const given = flags.text('rows') ?? '20';
    if (!/^\d{1,5}$/.test(given) || Number(given) > MAX_PREVIEW_ROWS) {
      throw usage(`--rows ${given} is not a number of rows.`, `Write a number up to ${MAX_PREVIEW_ROWS}.`);
    }
    await using open = await openPlanOf(invocation, 'unsigned');
    const tables = await previewPlan(await core(), {
      open,
      table: flags.text('table'),
      rows: Number(given),
      originals: flags.has('originals'),
      signal,
    });
    output.result({ tables }, () => {
      for (const table of tables) showPreview(table, { output, io, asked: Number(given) });
    });
    return 0;
  },
};

export const lookCommands: readonly Command[] = [countCommand, previewCommand];
