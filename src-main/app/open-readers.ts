import type { Snapshot } from '../ports/connector.ts';
import type { Reader } from '../engine/run/reader.ts';
import type { TableJob } from '../engine/run/table-job.ts';
import { openConnection, type OpenConnection } from './connections.ts';
import type { Core } from './core.ts';
import type { ExportRequest } from './export-context.ts';
import { logFailure } from './log-failure.ts';

/** All that read a run, at one and the same point in time. They end together. */
export interface Readers extends AsyncDisposable {
  /** Name of that point in time. */
  readonly id: string;
  readonly all: readonly [Reader, ...Reader[]];
}

/**
 * Opens the snapshot of a run, and as many connections more at the very same one as the plan allows and the product can. One
 * that does not come about is done without: the others read what it would have read.
 */
export async function openReaders(core: Core, request: ExportRequest, jobs: readonly TableJob[]): Promise<Readers> {
  const { session, connector } = request.connection;
  const reads = jobs.map((job) => job.read);
  const leader = await session.snapshot(reads, request.signal);
  const { id } = leader.facts;
  // The point in time belongs to it: when its connection is gone, those that are there go on, and nobody can join them.
  const all: [Reader, ...Reader[]] = [{ snapshot: leader, renew: null }];
  const close = new AsyncDisposableStack();
  close.use(leader);
  const join = () => joined(core, request, { reads, id, close });
  if (connector.traits.sharesSnapshots) {
    const pieces = jobs.some(({ cutBy }) => cutBy !== undefined) ? Infinity : jobs.length;
    const more = Math.min(request.compiled.limits.connections, pieces) - 1;
    for (let opened = 0; opened < more; opened++) {
      const snapshot = await join();
      if (snapshot === null) break;
      all.push({ snapshot, renew: join });
    }
  }
  core.log.info('run.readers', { readers: all.length });
  return { id, all, [Symbol.asyncDispose]: () => close.disposeAsync() };
}

interface Joining {
  readonly reads: readonly TableJob['read'][];
  readonly id: string;
  readonly close: AsyncDisposableStack;
}

/** Another connection at the snapshot; null: it cannot be had. */
async function joined(core: Core, request: ExportRequest, { reads, id, close }: Joining): Promise<Snapshot | null> {
  const { signal, compiled } = request;
  const { statementTimeoutMs, lockTimeoutMs } = compiled.limits;
  let open: OpenConnection | null = null;
  try {
    open = await openConnection(core, request.connection.name, { signal, statementTimeoutMs, lockTimeoutMs });
    const snapshot = await open.session.snapshot(reads, signal, id);
    // Disposed of in reverse: the snapshot, then its connection.
    close.use(open);
    close.use(snapshot);
    return snapshot;
  } catch (error) {
    await open?.[Symbol.asyncDispose]();
    if (!signal.aborted) logFailure(core, 'run.reader', error);
    return null;
  }
}
