import { formatBytes } from '../../../src-shared/util/format-number.ts';
import type { CompiledMask } from '../../../src-shared/model/compiled-plan.ts';
import { counted } from '../../../src-shared/util/format-number.ts';
import { forecastRun, forecastScripts, type TableForecast } from '../../app/forecast-run.ts';
import { requireCompiled, type OpenPlan } from '../../app/open-plan.ts';
import type { Invocation } from './command.ts';
import { layOutTable, type Output } from './output.ts';
import { estimateWords } from './row-words.ts';

/** Shows what a run would read and write. */
export async function dryRun(open: OpenPlan, { core, output }: Invocation): Promise<number> {
  const compiled = requireCompiled(open);
  const home = await core();
  const tables = forecastRun(home, open);
  const scripts = forecastScripts(home, open);
  const { deliver, format } = compiled;
  output.result({ plan: compiled.name, format: format.id, tables: tables.map(asJson), scripts, deliver }, () => {
    output.line(`${compiled.name}: ${counted(tables.length, 'table')} to ${format.id}`);
    for (const table of tables) showTable(table, output);
    if (scripts.length > 0) output.line();
    for (const script of scripts) output.line(`Beside the data: ${script}`);
    const { window } = compiled.limits;
    if (window !== undefined) output.line(`Read only ${window.from}–${window.to} ${window.zone}`);
    for (const { target, path } of deliver) output.line(`Then to ${target}${path === '' ? '' : `, folder ${path}`}`);
    output.line('Nothing was read or written.');
  });
  return 0;
}

function asJson({ name, table, statement, estimate, columns, file }: TableForecast): unknown {
  return {
    name,
    table,
    sql: statement.text,
    values: statement.values,
    estimatedRows: estimate.rows,
    estimatedBytes: estimate.bytes,
    masks: Object.fromEntries(columns.flatMap(({ name: column, mask }) => (mask === null ? [] : [[column, mask.id]]))),
    file,
  };
}

function showTable({ name, statement, estimate, columns, file }: TableForecast, output: Output): void {
  const [rows, worth] = estimateWords(estimate);
  const bytes = estimate.bytes === null ? '' : `, about ${formatBytes(estimate.bytes)} in the database`;
  output.line();
  output.line(`${name} → ${file}`);
  output.line(`  rows: ${rows}${bytes} (${worth})`);
  output.line('  columns:');
  const masks = columns.map((column) => [`    ${column.name}`, maskWords(column.mask)]);
  for (const line of layOutTable(masks)) output.line(line);
  output.line('  sql:');
  for (const line of statement.text.split('\n')) output.line(`    ${line}`);
  for (const [at, value] of statement.values.entries()) {
    output.line(`  value ${at + 1}: ${value === null ? 'NULL' : JSON.stringify(value)}`);
  }
}

function maskWords(mask: CompiledMask | null): string {
  if (mask === null) return 'as it is';
  const options = Object.entries(mask.options as Readonly<Record<string, unknown>>); // parsed by the mask's own schema, an object
  const words = options.map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return words.length === 0 ? mask.id : `${mask.id} (${words.join(', ')})`;
}
