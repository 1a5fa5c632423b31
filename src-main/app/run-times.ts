import type { TableEvent, TableResult } from '../engine/run/table-job.ts';
import type { Clock } from '../ports/clock.ts';

/** When a table was read, and how long each stretch of that took. A stretch that it did not come to is null. */
export interface TableTimes {
  readonly began: string;
  readonly ended: string;
  /** Until its first rows were written, or it was known to have none: the database was waited for. */
  readonly waitingMs: number;
  /** Reading, masking and writing, until its last row was written; of a table in parts also reading back all but the last. */
  readonly writingMs: number | null;
  /** Reading back what was left of it, and the count in the database. */
  readonly checkingMs: number | null;
}

/** A table as the report of a run tells it. */
export interface ReportedTable extends TableResult {
  /** Absent: the run did not read it, or did not measure. */
  readonly times?: TableTimes;
  /** The run ended before it came to this table. */
  readonly notReached?: true;
}

/** Stretches of a run that are no table's. A stretch that it did not come to is null. */
export interface StageTimes {
  /** From its start until its snapshot: kept tables were taken over, the snapshot was opened. */
  readonly openingMs: number | null;
  /** Sealing the package: its papers, its signature, its entry in the ledger. */
  readonly sealingMs: number | null;
  /** It was paused, which is in none of the other stretches; null: it never was. */
  readonly pausedMs: number | null;
  /** It waited for the window of its plan; null: it had not to. */
  readonly queuedMs: number | null;
}

interface Marks {
  readonly began: string;
  readonly at: number;
  rows?: number;
  written?: number;
  ended?: { readonly at: number; readonly time: string };
}

/** Measures a run by what it tells of itself; its clock stands still while the run is paused. */
export class RunTimes {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #at: number;
  readonly #tables = new Map<string, Marks>();
  #openingMs: number | null = null;
  #queuedMs: number | null = null;
  #sealingMs: number | null = null;
  #retries = 0;

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
    this.#at = clock.monotonicMs();
  }

  get stages(): Omit<StageTimes, 'pausedMs'> {
    return { openingMs: this.#openingMs, sealingMs: this.#sealingMs, queuedMs: this.#queuedMs };
  }

  /** How often a connection was lost and what it was reading was read anew. */
  get retries(): number {
    return this.#retries;
  }

  onEvent(event: TableEvent): void {
    const at = this.#clock.monotonicMs();
    const marks = this.#tables.get(event.type === 'table.finished' ? event.result.name : event.table);
    switch (event.type) {
      case 'table.started':
        // After a cancellation the rest is told of as well, though nothing is read any more.
        if (!this.#signal.aborted) this.#tables.set(event.table, { began: this.#clock.now().toISOString(), at });
        break;
      case 'table.retry':
        this.#retries++;
        break;
      case 'table.kept':
        break;
      case 'table.progress':
        if (marks !== undefined) marks.rows ??= at;
        break;
      case 'table.checking':
        if (marks !== undefined) marks.written ??= at;
        break;
      case 'table.finished':
        if (marks !== undefined) marks.ended ??= { at, time: this.#clock.now().toISOString() };
    }
  }

  /** It waited for the window of its plan. */
  queued(ms: number): void {
    this.#queuedMs = ms;
  }

  /** The snapshot is open. */
  opened(): void {
    this.#openingMs ??= Math.round(this.#clock.monotonicMs() - this.#at - (this.#queuedMs ?? 0));
  }

  async sealing<T>(seal: () => Promise<T>): Promise<T> {
    const at = this.#clock.monotonicMs();
    try {
      return await seal();
    } finally {
      this.#sealingMs = Math.round(this.#clock.monotonicMs() - at);
    }
  }

  /** A result with what was measured of it. */
  told(result: TableResult): ReportedTable {
    const marks = this.#tables.get(result.name);
    if (marks?.ended !== undefined) return { ...result, times: timesOf(marks, marks.ended) };
    return result.verdict === 'incomplete' && result.readBy === undefined ? { ...result, notReached: true } : result;
  }
}

function timesOf({ began, at, rows, written }: Marks, ended: NonNullable<Marks['ended']>): TableTimes {
  const first = rows ?? written ?? ended.at;
  const last = written ?? ended.at;
  return {
    ...{ began, ended: ended.time, waitingMs: Math.round(first - at) },
    writingMs: rows === undefined && written === undefined ? null : Math.round(last - first),
    checkingMs: written === undefined ? null : Math.round(ended.at - written),
  };
}
