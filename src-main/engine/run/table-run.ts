import { dirname } from 'node:path';
import { type AppError } from '../../../src-shared/errors/app-error.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import type { Snapshot } from '../../ports/connector.ts';
import { cancelled } from './cancelled.ts';
import { FilledRanges } from './filled-ranges.ts';
import { isLost } from './reader.ts';
import type { RunEnvironment } from './run-environment.ts';
import { fullDiskOf } from './space-watch.ts';
import { errorOfTable } from './table-error.ts';
import type { TableJob, TableResult, WrittenFile } from './table-job.ts';
import type { Surroundings, TableParts } from './table-parts.ts';
import { TableProgress } from './table-progress.ts';
import { TableRanges } from './table-ranges.ts';
import { verdictOf } from './verdict.ts';
import { WireWriters } from './wire-writers.ts';
import { checkTable, rowsOf, writeTable } from './write-table.ts';

/** What a reader is given to do. Never rejects; gives the error with which its connection was lost: the piece waits for another. */
export type Work = (reader: Snapshot) => Promise<Error | null>;

/** One that breaks every connection it is read on is not read for ever. */
const LOSSES_AT_MOST = 3;

/** One table of a run: what is to be read of it next, and what came of it. Several readers may be at it when it is cut. */
export class TableRun {
  result: TableResult | null = null;
  readonly #writers: WireWriters;
  readonly #job: TableJob;
  readonly #env: RunEnvironment;
  readonly #unproven: string | null;
  readonly #changed: () => void;
  readonly #found: Found = { source: null, files: null, reread: null };
  #state: 'new' | 'opening' | 'open' = 'new';
  /** null: it is read in one go. */
  #parts: TableParts | null = null;
  /** All is read, and was lost while it was counted: somebody else has to. */
  #isUncounted = false;
  #readers = 0;
  #began = 0;
  #progress: TableProgress | null = null;
  #failure: AppError | Error | undefined;
  #lastLoss: Error | undefined;
  #losses = 0;

  /** `changed`: whoever waits may find something to do now. */
  constructor(job: TableJob, env: RunEnvironment, { unproven, changed }: Circumstances) {
    this.#writers = new WireWriters(job);
    this.#job = this.#writers.job;
    this.#env = env;
    this.#unproven = unproven;
    this.#changed = changed;
  }

  /** Nothing of it will ever be to do again, but what is being done. */
  get #isTaken(): boolean {
    return this.#state === 'open' && (this.#parts?.isTaken ?? true) && !this.#isUncounted;
  }

  /** The next piece of it; null: nothing can be begun now. */
  take(): Work | null {
    if (this.#state === 'new') {
      this.#state = 'opening';
      return (reader) =>
        this.#work(reader, {
          work: () => this.#open(reader),
          over: () => (this.#state = 'open'),
          again: () => (this.#state = 'new'),
        });
    }
    if (this.#isUncounted) {
      this.#isUncounted = false;
      const nothing = { work: () => Promise.resolve(), again: () => undefined };
      return (reader) => this.#work(reader, nothing);
    }
    const piece = this.#parts?.take() ?? null;
    if (piece === null) return null;
    return (reader) => this.#work(reader, { work: () => piece.work(reader), again: piece.again });
  }

  /** Nobody is left who could read it. */
  async giveUp(why: Error | null): Promise<void> {
    if (this.result !== null) return;
    this.#began ||= this.#env.clock.monotonicMs();
    this.#failure ??= this.#lastLoss ?? why ?? cancelled();
    await this.#finish(null);
  }

  async #work(reader: Snapshot, { work, again, over }: Piece): Promise<Error | null> {
    let loss: Error | null = null;
    this.#readers++;
    this.#began ||= this.#env.clock.monotonicMs();
    try {
      await this.#env.pause?.between(this.#env.signal);
      await work();
      over?.();
    } catch (error) {
      over?.();
      loss = this.#lossOf(error);
      if (loss !== null && this.#isWorthAnother()) again();
      else {
        this.#failure ??= error as Error;
        this.#parts?.drop();
      }
    }
    this.#readers--;
    if (this.#readers > 0 || !this.#isTaken) return loss;
    return (await this.#finish(loss === null ? reader : null)) ?? loss;
  }

  /** With which the connection was lost; null: it was not, or nobody needs it any more. */
  #lossOf(error: unknown): Error | null {
    if (!isLost(error) || this.#env.signal.aborted) return null;
    this.#lastLoss = error as Error;
    return this.#lastLoss;
  }

  #isWorthAnother(): boolean {
    return this.#failure === undefined && ++this.#losses <= LOSSES_AT_MOST;
  }

  /** A reader is there, or may come, for what another one has lost. */
  tellRetry(): void {
    if (this.#lastLoss === undefined || this.result !== null) return;
    const error = toWireError(errorOfTable(this.#lastLoss, this.#job, this.#env.grant));
    this.#env.onEvent({ type: 'table.retry', table: this.#job.name, attempt: this.#losses, error });
  }

  /** Begins with the table: reads it in one go, or lets it be cut. Of one that was lost while it was counted, the count is what is left. */
  async #open(reader: Snapshot): Promise<void> {
    const { name, estimatedRows, read } = this.#job;
    const env = this.#env;
    if (this.#found.files !== null) {
      this.#found.source = await reader.count(read, env.signal);
      return;
    }
    this.#began = env.clock.monotonicMs();
    env.onEvent({ type: 'table.started', table: name, estimatedRows });
    this.#progress = new TableProgress(this.#job, env);
    if (env.signal.aborted) throw cancelled();
    this.#parts = this.#inParts({ env, progress: this.#progress, changed: this.#changed });
    if (this.#parts === null) await this.#readWhole(reader);
  }

  /** null: it is read in one go. */
  #inParts(surroundings: Surroundings): TableParts | null {
    const { cutBy, filledBy, name } = this.#job;
    const { rows, bytes } = this.#env.chunk ?? { rows: Infinity, bytes: Infinity };
    const kept = this.#env.keptParts?.get(name);
    if (filledBy !== undefined && bytes !== Infinity) {
      return new FilledRanges({ ...this.#job, filledBy }, { bytes, kept }, surroundings);
    }
    if (cutBy === undefined || rows === Infinity) return null;
    return new TableRanges({ ...this.#job, cutBy }, { rows, kept }, surroundings);
  }

  async #readWhole(reader: Snapshot): Promise<void> {
    const [job, env, progress] = [this.#job, this.#env, this.#progress ?? new TableProgress(this.#job, this.#env)];
    const written = await writeTable({ job, read: job.read, reader, env, progress });
    this.#found.files = written.files;
    this.#tellChecking(written.files);
    await env.pause?.between(env.signal);
    // The server counts while we read what is left.
    const [source, reread] = await Promise.allSettled([reader.count(job.read, env.signal), checkTable(written, env)]);
    // What is wrong with a file stays wrong, whoever counts.
    this.#found.reread = valueOf(reread);
    this.#found.source = valueOf(source);
  }

  /** Each part holds what was written to it, when all are counted. */
  async #countParts(reader: Snapshot, parts: TableParts): Promise<void> {
    const { files } = parts;
    this.#found.files = files;
    this.#tellChecking(files);
    this.#found.source = await parts.count(reader);
    this.#found.reread = rowsOf(files);
  }

  /** Gives the error with which the connection was lost before all was counted. */
  async #finish(reader: Snapshot | null): Promise<Error | null> {
    let loss: Error | null = null;
    if (this.#failure === undefined && this.#parts !== null && reader !== null) {
      try {
        await this.#countParts(reader, this.#parts);
      } catch (error) {
        loss = this.#lossOf(error);
        this.#isUncounted = loss !== null && this.#isWorthAnother();
        if (this.#isUncounted) return loss;
        this.#failure = error as Error;
      }
    }
    await this.#parts?.settled();
    this.#writers.drop();
    const result = this.#failure === undefined ? this.#proven() : this.#failed(this.#failure);
    if (result.verdict !== 'incomplete') await this.#env.onWhole?.(result);
    this.result = result;
    this.#env.onEvent({ type: 'table.finished', result });
    return loss;
  }

  #proven(): TableResult {
    const { source, files, reread } = this.#found;
    const counts = { sourceRows: source ?? -1, writtenRows: rowsOf(files ?? []), rereadRows: reread ?? -1 };
    return this.#resultOf(verdictOf({ ...counts, unproven: this.#unproven }));
  }

  #failed(error: unknown): TableResult {
    const [job, env, parts] = [this.#job, this.#env, this.#parts];
    const told = fullDiskOf(error, { table: job.name, folder: dirname(env.folder) });
    const wire = toWireError(env.signal.aborted ? cancelled() : errorOfTable(told, job, env.grant));
    const result = this.#resultOf({ verdict: 'incomplete', why: wire.message, error: wire });
    const files = parts?.files ?? [];
    if (parts === null || files.length === 0) return result;
    return { ...result, resources: [], wholeParts: { parts: files.length, of: parts.all, rows: rowsOf(files) } };
  }

  #resultOf(rest: Pick<TableResult, 'verdict' | 'why' | 'error'>): TableResult {
    const { source, files, reread } = this.#found;
    return {
      name: this.#job.name,
      table: this.#job.table,
      sourceRows: source,
      writtenRows: files === null ? null : rowsOf(files),
      rereadRows: reread,
      resources: files ?? [],
      elapsedMs: Math.round(this.#env.clock.monotonicMs() - this.#began),
      ...rest,
    };
  }

  #tellChecking(files: readonly WrittenFile[]): void {
    const bytes = files.reduce((sum, file) => sum + (file.plain?.bytes ?? file.bytes), 0);
    this.#env.onEvent({ type: 'table.checking', table: this.#job.name, rows: rowsOf(files), bytes });
  }
}

interface Circumstances {
  /** Why equal counts would prove nothing; null: they do. */
  readonly unproven: string | null;
  readonly changed: () => void;
}

interface Piece {
  readonly work: () => Promise<void>;
  /** When it has come to its end, whichever. */
  readonly over?: () => void;
  /** Puts it back to be begun anew. */
  readonly again: () => void;
}

interface Found {
  source: number | null;
  files: readonly WrittenFile[] | null;
  reread: number | null;
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
