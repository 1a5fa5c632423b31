import { layOutTable } from './output.ts';
import { terminalSafe } from './terminal-safe.ts';

/** What every terminal has. */
export const LINE_WIDTH = 80;
const GAP = 2;
const NARROWEST = 10;

/**
 * Columns as `layOutTable` makes them, in at most `width` characters: what is too long for the widest columns goes on in
 * the lines below. Nothing is cut away. Cells of `whole` columns are never broken, so that they can be copied.
 */
export function fitTable(
  rows: readonly (readonly string[])[],
  { width = LINE_WIDTH, whole = [] }: { readonly width?: number; readonly whole?: readonly number[] } = {},
): string[] {
  const safe = rows.map((row) => row.map(terminalSafe));
  const widths = columnWidths(safe);
  for (let over = total(widths) - width; over > 0; over--) {
    const widest = widths.reduce(
      (best, each, column) => (whole.includes(column) || each <= (widths[best] ?? 0) ? best : column),
      -1,
    );
    if ((widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return layOutTable(
    safe.flatMap((row) => {
      const cells = row.map((cell, column) => fold(cell, widths[column] ?? width));
      const height = Math.max(1, ...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ''));
    }),
  );
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);
}

/** Lines of at most `width` characters, broken at blanks where there are any. */
export function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    const end = blank > 0 ? blank : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
