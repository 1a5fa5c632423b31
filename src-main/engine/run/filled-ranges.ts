import type { KeyRange } from '../../../src-shared/model/table-read.ts';
import type { Snapshot } from '../../ports/connector.ts';
import { fillParts, type FilledPart } from './fill-parts.ts';
import type { CutTable, TableJob, WrittenFile } from './table-job.ts';
import { countRanges, inOrder, tellKept, type PartPiece, type Surroundings, type TableParts } from './table-parts.ts';

/** Whose parts are of a size. */
export interface FillJob extends TableJob {
  readonly filledBy: NonNullable<TableJob['filledBy']>;
}

/** A table in parts of a size: one reader writes them, one behind the other, behind those of an earlier run or of a reader that was lost. */
export class FilledRanges implements TableParts {
  readonly #job: FillJob;
  readonly #bytes: number;
  readonly #surroundings: Surroundings;
  readonly #ranges: KeyRange[];
  readonly #parts: Map<number, WrittenFile>;
  /** Those of an earlier run are not in this snapshot. */
  readonly #kept: ReadonlySet<number>;
  #state: 'waiting' | 'filling' | 'over' = 'waiting';

  constructor(
    job: FillJob,
    { bytes, kept }: { readonly bytes: number; readonly kept: CutTable | undefined },
    surroundings: Surroundings,
  ) {
    this.#job = job;
    this.#bytes = bytes;
    this.#surroundings = surroundings;
    this.#ranges = [...(kept?.ranges ?? [])];
    this.#parts = new Map(kept?.parts ?? []);
    this.#kept = new Set(this.#parts.keys());
    tellKept(surroundings.progress, this.#parts);
  }

  get isTaken(): boolean {
    return this.#state === 'over';
  }

  get all(): number | null {
    return this.#ranges.at(-1)?.upTo === null ? this.#ranges.length : null;
  }

  get files(): readonly WrittenFile[] {
    return inOrder(this.#parts);
  }

  take(): PartPiece | null {
    if (this.#state !== 'waiting') return null;
    this.#state = 'filling';
    return { work: (reader) => this.#fill(reader), again: () => (this.#state = 'waiting') };
  }

  drop(): void {
    this.#state = 'over';
  }

  async count(reader: Snapshot): Promise<number> {
    const { env } = this.#surroundings;
    const { read } = this.#job;
    await env.pause?.between(env.signal);
    if (this.#kept.size === 0) return await reader.count(read, env.signal);
    // What an earlier run read was counted then: of another moment nothing can be counted now.
    const known = (at: number): number | undefined =>
      this.#kept.has(at) ? (this.#parts.get(at)?.rows ?? 0) : undefined;
    return await countRanges(reader, { read, ranges: this.#ranges, known, env });
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  async #fill(reader: Snapshot): Promise<void> {
    const { env, progress } = this.#surroundings;
    const done = this.#ranges.flatMap((range, at) => {
      const file = this.#parts.get(at);
      return file === undefined ? [] : [{ range, file }];
    });
    const onPart = async ({ range, file }: FilledPart): Promise<void> => {
      const at = this.#ranges.push(range) - 1;
      this.#parts.set(at, file);
      await env.onPart?.(this.#job, { at, file, range });
    };
    const { read, filledBy: key } = this.#job;
    await fillParts({ job: this.#job, read, reader, env, progress, key, bytes: this.#bytes, done, onPart });
    this.#state = 'over';
  }
}
