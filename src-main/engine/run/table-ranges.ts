import type { KeyRange } from '../../../src-shared/model/table-read.ts';
import type { Snapshot } from '../../ports/connector.ts';
import { cancelled } from './cancelled.ts';
import { nextRange, writeRange } from './key-ranges.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { CutTable, TableJob, WrittenFile } from './table-job.ts';
import type { TableProgress } from './table-progress.ts';

/** How a table is cut. */
export interface CutJob extends TableJob {
  readonly cutBy: NonNullable<TableJob['cutBy']>;
}

/** What a reader is given of a table: a range that was cut before, or the next one, which it cuts itself. */
export interface RangePiece {
  /** Reads it and writes its part. */
  readonly work: (reader: Snapshot) => Promise<void>;
  /** Puts back what was not finished. */
  readonly again: () => void;
}

interface Surroundings {
  readonly env: RunEnvironment;
  readonly progress: TableProgress;
  /** Somebody who waits may find something to do now. */
  readonly changed: () => void;
}

/**
 * The ranges of a table that is cut, in the order of its key. Whoever has nothing else to read cuts the next one, one reader at
 * a time, and reads it: so all are at work from the first moment. A cut counts its rows, since it goes from row to row of the
 * key's index; what is behind the last cut is counted on its own.
 */
export class TableRanges {
  readonly #job: CutJob;
  readonly #rows: number;
  readonly #surroundings: Surroundings;
  readonly #ranges: KeyRange[];
  readonly #parts: Map<number, WrittenFile>;
  /** Those of an earlier run are not in this snapshot. */
  readonly #kept: ReadonlySet<number>;
  /** Places of those that are cut and that nobody has begun. */
  readonly #waiting: number[];
  /** What the source has in the ranges that were cut in this snapshot, by place. */
  readonly #counts = new Map<number, number>();
  #isCutting = false;
  #isDropped = false;
  /** Nothing is behind the last cut: the rows of the table came out even. */
  #isEven = false;

  constructor(job: CutJob, { rows, kept }: { rows: number; kept: CutTable | undefined }, surroundings: Surroundings) {
    this.#job = job;
    this.#rows = rows;
    this.#surroundings = surroundings;
    this.#ranges = [...(kept?.ranges ?? [])];
    this.#parts = new Map(kept?.parts ?? []);
    this.#kept = new Set(this.#parts.keys());
    this.#waiting = this.#ranges.flatMap((_, at) => (this.#parts.has(at) ? [] : [at]));
    for (const { rows: had, bytes, plain } of this.#parts.values())
      surroundings.progress.add(had, plain?.bytes ?? bytes);
  }

  /** Nothing of it will ever be to do again, but what is being done. */
  get isTaken(): boolean {
    return this.#isDropped || (this.#waiting.length === 0 && this.isCut && !this.#isCutting);
  }

  /** All of its ranges are known. */
  get isCut(): boolean {
    return this.#isEven || this.#ranges.at(-1)?.upTo === null;
  }

  /** Ranges that are known. */
  get length(): number {
    return this.#ranges.length;
  }

  /** Of the ranges that are whole, in their order. */
  get files(): readonly WrittenFile[] {
    return [...this.#parts].toSorted(([a], [b]) => a - b).map(([, file]) => file);
  }

  /** The next piece; null: nothing can be begun now. */
  take(): RangePiece | null {
    if (this.#isDropped) return null;
    const at = this.#waiting.shift();
    if (at !== undefined) {
      return { work: (reader) => this.#read(reader, at), again: () => this.#waiting.unshift(at) };
    }
    return this.isCut || this.#isCutting ? null : this.#nextPiece();
  }

  /** Nothing more is begun. */
  drop(): void {
    this.#isDropped = true;
  }

  /** Rows of the source: in this snapshot, and in that of the parts that were kept. */
  async count(reader: Snapshot): Promise<number> {
    const { signal, pause } = this.#surroundings.env;
    for (const [at, range] of this.#ranges.entries()) {
      if (this.#kept.has(at) || this.#counts.has(at)) continue;
      await pause?.between(signal);
      this.#counts.set(at, await reader.count({ ...this.#job.read, range }, signal));
    }
    // What an earlier run read was counted then: of another moment nothing can be counted now.
    return this.#ranges.reduce((sum, _, at) => sum + (this.#counts.get(at) ?? this.#parts.get(at)?.rows ?? 0), 0);
  }

  #nextPiece(): RangePiece {
    this.#isCutting = true;
    let cut: number | null = null;
    return {
      work: async (reader) => {
        cut = await this.#cut(reader);
        this.#isCutting = false;
        this.#surroundings.changed();
        if (cut !== null) await this.#read(reader, cut);
      },
      again: () => {
        // Behind its cut somebody else may be cutting by now.
        if (cut === null) this.#isCutting = false;
        else this.#waiting.unshift(cut);
      },
    };
  }

  /** Gives the place of the range that was cut; null: nothing is left. */
  async #cut(reader: Snapshot): Promise<number | null> {
    const { env } = this.#surroundings;
    const { read, cutBy } = this.#job;
    await env.pause?.between(env.signal);
    const after = this.#ranges.at(-1)?.upTo ?? null;
    const next = await nextRange(reader, { read, key: cutBy, after, rows: this.#rows, signal: env.signal });
    if (next.rows === 0 && this.#ranges.length > 0) {
      this.#isEven = true;
      return null;
    }
    const at = this.#ranges.push(next.range) - 1;
    this.#counts.set(at, next.rows);
    await env.onCut?.(this.#job, { at, range: next.range });
    return at;
  }

  async #read(reader: Snapshot, at: number): Promise<void> {
    const { env, progress } = this.#surroundings;
    const range = this.#ranges[at];
    if (range === undefined) return;
    if (env.signal.aborted) throw cancelled();
    const read = { ...this.#job.read, range };
    const file = await writeRange({ job: this.#job, read, reader, env, progress }, at + 1);
    this.#parts.set(at, file);
    await env.onPart?.(this.#job, { at, file });
  }
}
