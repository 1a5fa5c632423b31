import type { DeliveryStateFacts } from '../../../../src-shared/contract/delivery-state.ts';
import type { RunEventLine, RunHappening, RunTable, RunTotals } from '../../../../src-shared/contract/runs.ts';
import type { RunLoad } from '../../../../src-shared/contract/run-load.ts';
import type { LoadSummary } from '../../../../src-shared/model/server-load.ts';
import type { LoadEvent } from '../../../engine/run/load-tally.ts';
import type { Pause, PauseEvent } from '../../../engine/run/pause.ts';
import { isOfTable, type QueueEvent, type RunEvent, type TableEvent } from '../../../engine/run/table-job.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { RunDelivery } from '../../run-records.ts';
import type { RunStage } from '../../run-stage.ts';
import type { DeliveryEvent } from '../../send-files.ts';
import { Changes } from '../changes.ts';
import { continuedTable, pausedTable, tableAfter, waitingTable } from './board-table.ts';
import { totalsOf } from './run-totals.ts';
import { ThroughputLog, type Throughput } from './throughput-log.ts';

/** More are not kept: a plan of 10,000 tables says three things of each. What went wrong is kept whatever there is. */
const KEPT_EVENTS = 5000;

/** How far a watcher has seen. */
export interface BoardMark {
  readonly revision: number;
  readonly event: number;
  readonly second: number;
}

/** What was written in the last seconds says nothing of a run that is paused. */
const STILL = { rowsPerSecond: 0, bytesPerSecond: 0 };

export const NOTHING_SEEN: BoardMark = { revision: -1, event: 0, second: 0 };

export interface BoardNews {
  readonly tables: RunTable[];
  readonly events: RunEventLine[];
  readonly throughput: Throughput;
  readonly mark: BoardMark;
}

interface BoardStart {
  readonly tables: readonly {
    readonly name: string;
    readonly table: readonly [string, string];
    readonly estimatedRows: number | null;
  }[];
  readonly deliver: readonly { readonly target: string; readonly path: string }[];
  readonly pause: Pause;
}

/** How a run stands: what its events add up to, for any number of watchers, each of whom is told what is new to him. */
export class RunBoard {
  readonly changes = new Changes();
  readonly #clock: Clock;
  readonly #began: number;
  readonly #tables = new Map<string, { table: RunTable; revision: number }>();
  readonly #throughput = new ThroughputLog();
  #events: RunEventLine[] = [];
  #nextEvent = 1;
  #deliveries: DeliveryStateFacts[];
  #endedMs: number | null = null;
  readonly #pause: Pause;
  #queuedUntil: string | null = null;
  #queuedMs = 0;
  #load: RunLoad | null = null;

  constructor(clock: Clock, { tables, deliver, pause }: BoardStart) {
    this.#pause = pause;
    this.#clock = clock;
    this.#began = clock.monotonicMs();
    for (const table of tables) this.#tables.set(table.name, { table: waitingTable(table), revision: 0 });
    this.#deliveries = deliver.map((wish) => deliveryOf({ ...wish, state: 'pending' }));
  }

  get tables(): RunTable[] {
    return [...this.#tables.values()].map(({ table }) => table);
  }

  get deliveries(): DeliveryStateFacts[] {
    return [...this.#deliveries];
  }

  get totals(): RunTotals {
    const { rowsPerSecond, bytesPerSecond } = this.#pause.held === null ? this.#throughput : STILL;
    const elapsedMs = Math.round(this.#endedMs ?? this.#clock.monotonicMs() - this.#began);
    const stillMs = Math.round(this.#pause.total.ms + this.#queuedMs);
    return totalsOf(this.tables, { rowsPerSecond, bytesPerSecond, elapsedMs, stillMs });
  }

  onEvent(event: RunEvent): void {
    if (event.type === 'run.queued' || event.type === 'run.begins') return this.#onQueue(event);
    if (event.type === 'server.load') return this.#onLoad(event);
    if (!isOfTable(event)) return this.#onPause(event);
    const name = event.type === 'table.finished' ? event.result.name : event.table;
    const known = this.#tables.get(name);
    if (known === undefined) return;
    this.#set(tableAfter(known.table, event));
    const what = happeningOf(event);
    if (what === null) this.changes.touch();
    else this.note(what);
  }

  /** How its sessions do on their server; null: nobody has looked, or nothing is read any more. */
  get load(): RunLoad | null {
    return this.#load;
  }

  /** When what it waits for begins; null: it does not wait. */
  get queuedUntil(): string | null {
    return this.#queuedUntil;
  }

  #onQueue(event: QueueEvent): void {
    if (event.type === 'run.queued') {
      this.#queuedUntil = event.until.toISOString();
      return this.note({ kind: 'queued', until: this.#queuedUntil, window: event.window });
    }
    this.#queuedUntil = null;
    this.#queuedMs = event.queuedMs;
    this.note({ kind: 'begins', queuedMs: event.queuedMs });
  }

  #onLoad({ type: _type, ...load }: LoadEvent): void {
    const before = this.#load?.blocked ?? null;
    const { blocked } = load;
    this.#load = loadOf(load);
    if (before === null && blocked !== null) this.note({ kind: 'blocked', by: [...blocked.by] });
    if (before !== null && blocked === null) this.note({ kind: 'unblocked', ms: before.forMs });
    this.changes.touch();
  }

  #onPause(event: PauseEvent): void {
    if (event.type === 'run.continued') {
      for (const table of this.tables) this.#set(continuedTable(table));
      return this.note({ kind: 'continued', reason: event.reason, pausedMs: event.pausedMs });
    }
    for (const table of this.tables) this.#set(pausedTable(table, event));
    this.note({ kind: 'paused', until: event.until.toISOString(), afterStatement: event.afterStatement });
  }

  #set(table: RunTable): void {
    if (this.#tables.get(table.name)?.table === table) return;
    this.#tables.set(table.name, { table, revision: this.changes.revision + 1 });
  }

  onStage(stage: RunStage): void {
    switch (stage.type) {
      case 'started':
        return this.note({ kind: 'started', ledgerSeq: stage.ledgerSeq });
      case 'snapshot':
        return this.note({ kind: 'snapshot', id: stage.id });
      case 'delivering':
        this.#setDelivery({ ...stage, state: 'sending' });
        return this.note({ kind: 'delivering', target: stage.target, path: stage.path });
      case 'delivered': {
        this.#setDelivery(deliveryOf(stage.delivery));
        const { target, state, uri, error } = stage.delivery;
        if (error === undefined) return this.note({ kind: 'delivered', target, state, uri: uri ?? null });
        return this.note({ kind: 'failed', table: null, error });
      }
    }
  }

  onDelivery({ doneBytes, totalBytes }: DeliveryEvent): void {
    const at = this.#deliveries.findIndex(({ state }) => state === 'sending');
    const sending = this.#deliveries[at];
    if (sending === undefined) return;
    this.#deliveries = this.#deliveries.with(at, { ...sending, doneBytes, totalBytes });
    this.changes.touch();
  }

  /** How the deliveries ended in the run's own result. */
  settleDeliveries(deliveries: readonly RunDelivery[]): void {
    this.#deliveries = deliveries.map(deliveryOf);
  }

  note(what: RunHappening): void {
    this.#events.push({ no: this.#nextEvent++, time: this.#clock.now().toISOString(), what });
    if (this.#events.length > KEPT_EVENTS) {
      const oldest = this.#events.findIndex((event) => event.what.kind !== 'failed');
      this.#events.splice(Math.max(0, oldest), 1);
    }
    this.changes.touch();
  }

  /** A second is over. */
  tick(): void {
    this.#throughput.second(readOf(this.totals));
    this.changes.touch();
  }

  /** No more time passes for it. */
  end(): void {
    this.#load = null;
    this.#endedMs = this.#clock.monotonicMs() - this.#began;
    this.#throughput.second(readOf(this.totals));
  }

  /** What a watcher does not know yet. */
  since(seen: BoardMark): BoardNews {
    const changed = [...this.#tables.values()].filter(({ revision }) => revision > seen.revision);
    const mark = { revision: this.changes.revision, event: this.#nextEvent - 1, second: this.#throughput.seconds };
    return {
      tables: changed.map(({ table }) => table),
      events: this.#events.filter(({ no }) => no > seen.event),
      throughput: this.#throughput.since(seen.second),
      mark,
    };
  }

  #setDelivery(change: Pick<DeliveryStateFacts, 'target' | 'path' | 'state'> & Partial<DeliveryStateFacts>): void {
    // One target may be named twice with different folders.
    const at = this.#deliveries.findIndex(({ target, path }) => target === change.target && path === change.path);
    const before = this.#deliveries[at];
    if (before !== undefined) this.#deliveries = this.#deliveries.with(at, { ...before, ...onlyDelivery(change) });
  }
}

/** What this run has read itself: what it keeps of another one came in no time. */
function readOf({ rows, bytes, keptRows, keptBytes }: RunTotals): { readonly rows: number; readonly bytes: number } {
  return { rows: rows - keptRows, bytes: bytes - keptBytes };
}

function onlyDelivery(change: Partial<DeliveryStateFacts>): Partial<DeliveryStateFacts> {
  const { state, uri, volume, error } = change;
  return {
    ...(state === undefined ? {} : { state }),
    ...(uri === undefined ? {} : { uri }),
    ...(volume === undefined ? {} : { volume }),
    ...(error === undefined ? {} : { error }),
  };
}

/** What a run's record says of a delivery, as screens are told it. */
export function deliveryOf({ target, path, state, uri, volume, error }: RunDelivery): DeliveryStateFacts {
  return {
    ...{ target, path, state, doneBytes: null, totalBytes: null },
    ...{ uri: uri ?? null, volume: volume ?? null, error: error ?? null },
  };
}

function loadOf({ sessions, statementMs, blocked, soFar }: Omit<LoadEvent, 'type'>): RunLoad {
  return {
    sessions: sessions?.map((session) => ({ ...session, blockedBy: [...session.blockedBy] })) ?? null,
    ...{ statementMs, blocked: blocked === null ? null : { ...blocked, by: [...blocked.by] } },
    soFar: summaryOf(soFar),
  };
}

/** As the contract has it. */
export function summaryOf({ waits, failed, longestLock, ...rest }: LoadSummary): RunLoad['soFar'] {
  return {
    ...rest,
    ...{ waits: [...waits], failed: [...failed] },
    longestLock: longestLock === null ? null : { ...longestLock, blockedBy: [...longestLock.blockedBy] },
  };
}

function happeningOf(event: TableEvent): RunHappening | null {
  switch (event.type) {
    case 'table.started':
      return { kind: 'reading', table: event.table, estimatedRows: event.estimatedRows };
    case 'table.kept':
    case 'table.progress':
      return null;
    case 'table.retry':
      return { kind: 'retry', table: event.table, attempt: event.attempt, error: event.error };
    case 'table.checking':
      return { kind: 'checking', table: event.table, rows: event.rows, bytes: event.bytes };
    case 'table.finished': {
      const { name: table, verdict, why, error, sourceRows, writtenRows, rereadRows } = event.result;
      if (error !== undefined) return { kind: 'failed', table, error };
      return { kind: 'verdict', table, verdict, why: why ?? null, sourceRows, writtenRows, rereadRows };
    }
  }
}
