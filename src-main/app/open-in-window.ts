import { setTimeout as sleep } from 'node:timers/promises';
import { appError, isAppError } from '../../src-shared/errors/app-error.ts';
import { toWireError } from '../../src-shared/errors/wire.ts';
import { windowAt, windowWords, type ReadWindow } from '../engine/run/read-window.ts';
import type { RunEvent, TableResult } from '../engine/run/table-job.ts';
import type { Clock } from '../ports/clock.ts';
import { cancelled } from './cancelled.ts';
import { openConnection, type OpenConnection } from './connections.ts';
import type { ExportContext, ExportRequest } from './export-context.ts';

/** A clock that is set, or a machine that slept, is noticed after so long. */
const LOOK_EVERY_MS = 30_000;

/** A run while the window of its plan is open. */
export interface InWindow extends AsyncDisposable {
  /** What it reads by: another connection where it had to wait, and a signal that the end of the window aborts as well. */
  readonly request: ExportRequest;
  /** A result as it is to be told: what the end of the window broke off was not cancelled by a person. */
  result(result: TableResult): TableResult;
  error(error: unknown): unknown;
}

/**
 * Waits until the window of a plan is open, without a connection, and reads no longer than it is: what is not read by then
 * fails with `RUN/WINDOW_CLOSED`, and the run can be gone on with. Rejects with `RUN/CANCELLED` while it waits.
 */
export async function openInWindow(context: ExportContext, window: ReadWindow): Promise<InWindow> {
  const { core, request, run } = context;
  const { clock } = core;
  const own = windowAt(window, clock.now()).isOpen ? null : await reopenLater(context, window);
  const end = new AbortController();
  const over = new AbortController();
  const closes = windowAt(window, clock.now()).changes;
  void sleepUntil(clock, closes, over.signal).then(
    () => end.abort(),
    () => undefined, // all was read before
  );
  const isClosed = (): boolean => end.signal.aborted && !request.signal.aborted;
  const error = (thrown: unknown): unknown =>
    isClosed() && (!isAppError(thrown) || thrown.code === 'RUN/CANCELLED') ? windowClosed(window, run) : thrown;
  const result = (table: TableResult): TableResult => {
    if (!isClosed() || table.error?.code !== 'RUN/CANCELLED') return table;
    const told = toWireError(windowClosed(window, run));
    return { ...table, why: told.message, error: told };
  };
  const onEvent = (event: RunEvent): void => {
    // Of tables that it did not come to only their end is told.
    if (event.type === 'table.started' && isClosed()) return;
    request.onEvent(event.type === 'table.finished' ? { ...event, result: result(event.result) } : event);
  };
  const signal = AbortSignal.any([request.signal, end.signal]);
  return {
    request: { ...request, connection: own ?? request.connection, signal, onEvent },
    ...{ result, error },
    async [Symbol.asyncDispose]() {
      over.abort();
      await own?.[Symbol.asyncDispose]();
    },
  };
}

async function reopenLater({ core, request }: ExportContext, window: ReadWindow): Promise<OpenConnection> {
  const { connection, signal, compiled } = request;
  const { clock } = core;
  const began = clock.monotonicMs();
  const until = windowAt(window, clock.now()).changes;
  request.onEvent({ type: 'run.queued', until, window: windowWords(window) });
  try {
    // An idle connection for hours is one that somebody else could have, and that a firewall drops.
    await connection[Symbol.asyncDispose]();
    await sleepUntil(clock, until, signal);
  } catch {
    throw cancelled();
  } finally {
    request.onEvent({ type: 'run.begins', queuedMs: Math.round(clock.monotonicMs() - began) });
  }
  const { statementTimeoutMs, lockTimeoutMs } = compiled.limits;
  return openConnection(core, connection.name, { signal, statementTimeoutMs, lockTimeoutMs });
}

async function sleepUntil(clock: Clock, until: Date, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const left = until.getTime() - clock.now().getTime();
    if (left <= 0) return;
    await sleep(Math.min(left, LOOK_EVERY_MS), undefined, { signal });
  }
}

function windowClosed({ from, to, zone }: ReadWindow, run: string): Error {
  return appError('RUN/WINDOW_CLOSED', {
    message: `The time window of the plan closed at ${to} (${zone}) before all was read.`,
    remedy: `Go on in the next one, which begins at ${from}: waybill resume ${run}`,
  });
}
