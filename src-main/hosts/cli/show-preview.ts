import { counted } from '../../../src-shared/util/format-number.ts';
import type { TablePreview } from '../../app/preview-plan.ts';
import type { CliIo } from './cli-io.ts';
import { layOutRows, type ShownRows } from './lay-out-rows.ts';
import type { Output } from './output.ts';

const INDENT = '  ';
const LEAST_COLUMNS = 40;
const USUAL_COLUMNS = 80;

/** The rows of a preview, as wide as the terminal is; elsewhere as wide as they are. */
export function showPreview({ name, columns, rows, originals }: TablePreview, output: Output, { stdout }: CliIo): void {
  const width = stdout.isTTY ? Math.max(LEAST_COLUMNS, stdout.columns ?? USUAL_COLUMNS) - INDENT.length : null;
  const count = rows.length === 0 ? 'no rows' : `the first ${counted(rows.length, 'row')} as written`;
  output.line(`${name}: ${count}`);
  showRows(layOutRows({ columns, rows }, width), output);
  if (originals === undefined) return;
  output.line(`${name}: before masking`);
  showRows(
    layOutRows({ columns: columns.map((column) => ({ ...column, mask: null })), rows: originals }, width),
    output,
  );
}

function showRows({ lines, cutColumns, cutValues }: ShownRows, output: Output): void {
  for (const line of lines) output.exact(line === '' ? '' : `${INDENT}${line}`);
  if (cutValues === 0) return;
  output.line(`${INDENT}${counted(cutValues, 'value')} cut (…) in ${cutColumns.join(', ')}; whole with --json.`);
}
