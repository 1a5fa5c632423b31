import { cellText } from './cell-text.ts';
import { displayWidth, fitMiddle, padTo } from './display-width.ts';
import { terminalSafe } from './terminal-safe.ts';

export interface RowsToShow {
  readonly columns: readonly { readonly name: string; readonly mask: string | null }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface ShownRows {
  readonly lines: readonly string[];
  /** Names of columns of which values were cut, and how many values that were. */
  readonly cutColumns: readonly string[];
  readonly cutValues: number;
}

const GAP = 2;
/** A column that is cut keeps so many cells. */
const LEAST_WIDTH = 8;
const LEAST_VALUE = 20;
/** Where nothing bounds the line, a value still is: nobody reads on. */
const LONGEST_VALUE = 500;

/** Rows as a table that fits the width, or, where the columns are too many for that, record by record. */
export function layOutRows({ columns, rows }: RowsToShow, width: number | null): ShownRows {
  const head = columns.map(({ name, mask }) => [terminalSafe(name), mask === null ? '' : `(${mask})`] as const);
  const cells = rows.map((row) => row.map((cell) => bounded(cellText(cell))));
  const natural = head.map((words, column) =>
    Math.max(...words.map(displayWidth), ...cells.map((row) => displayWidth(row[column] ?? ''))),
  );
  const least = head.map((words, column) =>
    Math.max(...words.map(displayWidth), Math.min(LEAST_WIDTH, natural[column] ?? 0)),
  );
  const room = width === null ? Infinity : width - GAP * Math.max(0, columns.length - 1);
  if (sum(least) > room) return asRecords(head, cells, width ?? Infinity);
  const widths = shareOut(
    natural.map((wish) => Math.min(wish, LONGEST_VALUE)),
    least,
    room,
  );
  const cuts = new Cuts(columns.map(({ name }) => terminalSafe(name)));
  const line = (words: readonly string[]): string =>
    words
      .map((word, column) => padTo(word, widths[column] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  const masks = head.some(([, mask]) => mask !== '') ? [line(head.map(([, mask]) => mask))] : [];
  const body = cells.map((row) => line(row.map((cell, column) => cuts.fit(cell, widths[column] ?? 0, column))));
  return cuts.shown([line(head.map(([name]) => name)), ...masks, ...body]);
}

/** The ends of a very long value, still longer than any column: its middle is cut anyhow. */
function bounded(text: string): string {
  return text.length > 4 * LONGEST_VALUE ? text.slice(0, 2 * LONGEST_VALUE) + text.slice(-2 * LONGEST_VALUE) : text;
}

/** One line per value, the name before it. */
function asRecords(
  head: readonly (readonly [string, string])[],
  cells: readonly (readonly string[])[],
  width: number,
): ShownRows {
  const names = head.map(([name, mask]) => (mask === '' ? name : `${name} ${mask}`));
  const longest = Math.max(...names.map(displayWidth));
  const nameWidth = Number.isFinite(width)
    ? Math.max(LEAST_WIDTH, Math.min(longest, width - GAP - LEAST_VALUE))
    : longest;
  const valueWidth = Math.min(LONGEST_VALUE, Math.max(LEAST_WIDTH, width - nameWidth - GAP));
  const cuts = new Cuts(head.map(([name]) => name));
  const lines = cells.flatMap((row, at) => [
    ...(at === 0 ? [] : ['']),
    `row ${at + 1}`,
    ...row.map((cell, column) => {
      const name = padTo(fitMiddle(names[column] ?? '', nameWidth), nameWidth);
      return `${name}${' '.repeat(GAP)}${cuts.fit(cell, valueWidth, column)}`.trimEnd();
    }),
  ]);
  return cuts.shown(cells.length === 0 ? names : lines);
}

/** Gives every column what it wishes, as far as there is room; the widest give way first. */
function shareOut(wishes: readonly number[], least: readonly number[], room: number): readonly number[] {
  if (sum(wishes) <= room) return wishes;
  let [low, high] = [0, Math.max(...wishes)];
  const capped = (cap: number) => wishes.map((wish, column) => Math.min(wish, Math.max(cap, least[column] ?? 0)));
  while (low < high) {
    const cap = Math.ceil((low + high) / 2);
    if (sum(capped(cap)) <= room) low = cap;
    else high = cap - 1;
  }
  return capped(low);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Cuts values to their width and remembers where. */
class Cuts {
  readonly #names: readonly string[];
  readonly #columns = new Set<number>();
  #values = 0;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  fit(cell: string, width: number, column: number): string {
    const fitted = fitMiddle(cell, width);
    if (fitted !== cell) {
      this.#values++;
      this.#columns.add(column);
    }
    return fitted;
  }

  shown(lines: readonly string[]): ShownRows {
    const cutColumns = this.#names.filter((_, column) => this.#columns.has(column));
    return { lines, cutColumns, cutValues: this.#values };
  }
}
