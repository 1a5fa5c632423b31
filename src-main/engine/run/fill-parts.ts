import type { KeyRange, ReadColumn } from '../../../src-shared/model/table-read.ts';
import { absolute } from './file-path.ts';
import { cancelled } from './cancelled.ts';
import { isTooLarge, writeAndCheck } from './key-ranges.ts';
import type { WrittenFile } from './table-job.ts';
import type { RowFlow } from './write-rows.ts';

/** A part, and the rows of the table that it holds. */
export interface FilledPart {
  readonly range: KeyRange;
  readonly file: WrittenFile;
}

export interface Filling extends RowFlow {
  readonly key: readonly ReadColumn[];
  /** How large a part may become, before compression. */
  readonly bytes: number;
  /** What is there already, from the first part on: it is read on behind that. */
  readonly done: readonly FilledPart[];
  /** A part is whole; the next one waits. */
  readonly onPart: (part: FilledPart) => Promise<void>;
}

/** So many rows say first how long a row is. */
const FIRST_ROWS = 1000;
/** A part is to be filled so far: rows differ in length, and what is too large is read again. */
const FILL = 0.9;
/** Less than this is no part while more may fit. */
const FULL_ENOUGH = 0.7;
/** What is left of rows that were too many, while nothing is known that fits; the second: nor how long a row is. */
const SHRINK = 0.3;
const SHRINK_FIRST = 1 / 32;
/** After so many the next one that fits is the part, however full. */
const TRIES_AT_MOST = 12;

/**
 * Writes a table in parts of a size, in the order of its key, each a range of it that is read by a statement of its own. How
 * many rows a part has follows from the part before it alone: whoever reads on behind a whole part comes to the same parts.
 */
export async function fillParts(filling: Filling): Promise<void> {
  const { key, reader, job, env, done } = filling;
  let last = done.at(-1) ?? null;
  for (let at = done.length; ; at++) {
    // The last part has no end: nothing is behind it.
    if (last !== null && last.range.upTo === null) return;
    const from: KeyRange = { key, after: last?.range.upTo ?? null, upTo: null };
    await stillWanted(filling);
    const isOver =
      last !== null &&
      (await reader.cut?.({ ...job.read, range: from }, key, { rows: 1, signal: env.signal })) === null;
    if (isOver) return;
    last = await fillOne(filling, { from, at, rows: last === null ? null : rowsFor(last.file, filling.bytes) });
    await filling.onPart(last);
  }
}

interface NextPart {
  readonly from: KeyRange;
  /** Its place, counted from 0. */
  readonly at: number;
  /** null: nothing tells yet. */
  readonly rows: number | null;
}

/** Looks for a number of rows that fills the part, from what the part before it had. */
async function fillOne(filling: Filling, { from, at, rows: told }: NextPart): Promise<FilledPart> {
  const search = new RowSearch(told, filling.bytes);
  for (;;) {
    const part = await tryRows(filling, { from, at, rows: search.rows });
    if (part === null) search.tooMany();
    else if (part.range.upTo === null || search.isFilledBy(part.file)) return part;
    else await takeBack(filling, part.file);
  }
}

/** How many rows are tried next; the same for the same rows, whoever reads them. */
class RowSearch {
  rows: number;
  readonly #bytes: number;
  readonly #shrink: number;
  #fits = 0;
  /** Of so many it is known that they do not fit. */
  #tooMany = Infinity;
  #tries = 0;

  constructor(told: number | null, bytes: number) {
    this.rows = told ?? FIRST_ROWS;
    this.#shrink = told === null ? SHRINK_FIRST : SHRINK;
    this.#bytes = bytes;
  }

  tooMany(): void {
    this.#tooMany = this.rows;
    this.#next(this.#fits === 0 ? Math.floor(this.rows * this.#shrink) : this.#between());
  }

  /** Whether these rows are the part; otherwise more are tried. */
  isFilledBy(file: WrittenFile): boolean {
    const isFull = sizeOf(file) >= this.#bytes * FULL_ENOUGH;
    if (isFull || this.rows + 1 >= this.#tooMany || this.#tries >= TRIES_AT_MOST) return true;
    this.#fits = this.rows;
    const more = rowsFor(file, this.#bytes);
    this.#next(Math.max(this.rows + 1, more < this.#tooMany ? more : this.#between()));
    return false;
  }

  #between(): number {
    return Math.floor((this.#fits + this.#tooMany) / 2);
  }

  #next(rows: number): void {
    this.#tries++;
    this.rows = Math.max(1, rows);
  }
}

/** The part of so many rows, or of those that are left; null: they are too many. */
async function tryRows(
  filling: Filling,
  { from, at, rows }: Pick<NextPart, 'from' | 'at'> & { readonly rows: number },
): Promise<FilledPart | null> {
  const { key, reader, job, env, bytes } = filling;
  await stillWanted(filling);
  const upTo = (await reader.cut?.({ ...job.read, range: from }, key, { rows, signal: env.signal })) ?? null;
  const range: KeyRange = { ...from, upTo };
  try {
    const flow = { ...filling, read: { ...job.read, range } };
    return { range, file: await writeAndCheck(flow, at + 1, bytes) };
  } catch (error) {
    if (isTooLarge(error)) return null;
    throw error;
  }
}

/** Rows that fill a part where they are as long as those of another one. */
function rowsFor(file: WrittenFile, bytes: number): number {
  return Math.max(1, Math.floor((bytes * FILL * file.rows) / Math.max(1, sizeOf(file))));
}

/** Before compression. */
const sizeOf = ({ plain, bytes }: WrittenFile): number => plain?.bytes ?? bytes;

async function takeBack({ env, progress }: RowFlow, file: WrittenFile): Promise<void> {
  await env.store.remove(absolute(env.folder, file.path));
  progress.add(-file.rows, -sizeOf(file));
}

async function stillWanted({ env: { pause, signal } }: RowFlow): Promise<void> {
  if (signal.aborted) throw cancelled();
  await pause?.between(signal);
}
