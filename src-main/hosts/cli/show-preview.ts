import { counted } from '../../../src-shared/util/format-number.ts';
import type { TablePreview } from '../../app/preview-plan.ts';
import type { CliIo } from './cli-io.ts';
import { layOutRows, type ShownRows } from './lay-out-rows.ts';
import type { Output } from './output.ts';

const INDENT = '  ';
const LEAST_COLUMNS = 40;
const USUAL_COLUMNS = 80;

interface PreviewPlace {
  readonly output: Output;
  readonly io: Pick<CliIo, 'stdout'>;
  /** So many rows were asked for; without it, some. */
  readonly asked?: number;
}

/** The rows of a preview, as wide as the terminal is; elsewhere as wide as they are. */
export function showPreview(preview: TablePreview, { output, io: { stdout }, asked }: PreviewPlace): void {
  const { name, columns, rows, originals } = preview;
  const width = stdout.isTTY ? Math.max(LEAST_COLUMNS, stdout.columns ?? USUAL_COLUMNS) - INDENT.length : null;
  output.line(`${name}: ${countWords(rows.length, asked)}`);
  showRows(layOutRows({ columns, rows }, width), output);
  // Without a row there is none before masking either.
  if (originals === undefined || asked === 0) return;
  output.line(`${name}: before masking`);
  showRows(
    layOutRows({ columns: columns.map((column) => ({ ...column, mask: null })), rows: originals }, width),
    output,
  );
}

/** A table that holds no rows is another fact than a preview that was to show none. */
function countWords(rows: number, asked: number | undefined): string {
  if (asked === 0) return 'its columns; no rows were asked for';
  return rows === 0 ? 'no rows' : `the first ${counted(rows, 'row')} as written`;
}

function showRows({ lines, cutColumns, cutValues }: ShownRows, output: Output): void {
  for (const line of lines) output.exact(line === '' ? '' : `${INDENT}${line}`);
  if (cutValues === 0) return;
  output.line(`${INDENT}${counted(cutValues, 'value')} cut (…) in ${cutColumns.join(', ')}; whole with --json.`);
}
