import type { KeyRange } from '../../../src-shared/model/table-read.ts';
import type { Snapshot } from '../../ports/connector.ts';
import { cancelled } from './cancelled.ts';
import { checkWritten, nextRange, writeRange } from './key-ranges.ts';
import { PartChecks } from './part-checks.ts';
import type { FinishedPart } from './part-file.ts';
import type { CutTable, TableJob, WrittenFile } from './table-job.ts';
import { countRanges, inOrder, tellKept, type PartPiece, type Surroundings, type TableParts } from './table-parts.ts';

/** How a table is cut. */
export interface CutJob extends TableJob {
  readonly cutBy: NonNullable<TableJob['cutBy']>;
}

/**
 * The ranges of a table that is cut, in the order of its key. Whoever has nothing else to read cuts the next one, one reader at
 * a time, and reads it: so all are at work from the first moment. A cut counts its rows, since it goes from row to row of the
 * key's index; what is behind the last cut is counted on its own.
 */
export class TableRanges implements TableParts {
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
  /** What has its final name and is written down is read to its end again while others are read. */
  readonly #checks = new PartChecks();
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
    tellKept(surroundings.progress, this.#parts);
  }

  get isTaken(): boolean {
    return this.#isDropped || (this.#waiting.length === 0 && this.#isCut && !this.#isCutting);
  }

  get all(): number | null {
    return this.#isCut ? this.#ranges.length : null;
  }

  get files(): readonly WrittenFile[] {
    return inOrder(this.#parts);
  }

  /** All of its ranges are known. */
  get #isCut(): boolean {
    return this.#isEven || this.#ranges.at(-1)?.upTo === null;
  }

  take(): PartPiece | null {
    if (this.#isDropped) return null;
    const at = this.#waiting.shift();
    if (at !== undefined) {
      return { work: (reader) => this.#read(reader, at), again: () => this.#waiting.unshift(at) };
    }
    return this.#isCut || this.#isCutting ? null : this.#nextPiece();
  }

  drop(): void {
    this.#isDropped = true;
  }

  async count(reader: Snapshot): Promise<number> {
    await this.#checks.all();
    // What an earlier run read was counted then: of another moment nothing can be counted now.
    const known = (at: number): number | undefined =>
      this.#counts.get(at) ?? (this.#kept.has(at) ? (this.#parts.get(at)?.rows ?? 0) : undefined);
    return await countRanges(reader, {
      read: this.#job.read,
      ranges: this.#ranges,
      known,
      env: this.#surroundings.env,
    });
  }

  settled(): Promise<void> {
    return this.#checks.settled();
  }

  #nextPiece(): PartPiece {
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
    await this.#checks.room();
    const read = { ...this.#job.read, range };
    const finished = await writeRange({ job: this.#job, read, reader, env, progress }, at + 1);
    const { file } = finished;
    this.#parts.set(at, file);
    await env.onPart?.(this.#job, { at, file });
    this.#checks.begin(this.#check(at, finished));
  }

  async #check(at: number, finished: FinishedPart): Promise<void> {
    try {
      await checkWritten(finished, this.#surroundings.env);
    } catch (error) {
      // Also when it was only broken off: nobody has seen then that it is whole. A later run hashes it, and may keep it.
      this.#parts.delete(at);
      throw error;
    }
  }
}
