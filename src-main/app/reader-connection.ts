import type { TableRead } from '../../src-shared/model/table-read.ts';
import type { Session, Snapshot, SnapshotHow } from '../ports/connector.ts';
import { openConnection, type OpenConnection } from './connections.ts';
import type { Core } from './core.ts';
import type { ExportRequest } from './export-context.ts';
import { logFailure } from './log-failure.ts';

export interface Joining {
  readonly reads: readonly TableRead[];
  /** What is opened ends with it. */
  readonly close: AsyncDisposableStack;
}

/** Another connection that reads the run, with its snapshot; null: it cannot be had. */
export async function openAnother(
  core: Core,
  request: ExportRequest,
  { reads, close, how }: Joining & { readonly how: SnapshotHow },
): Promise<Snapshot | null> {
  const session = await anotherSession(core, request, close);
  if (session === null) return null;
  try {
    return close.use(await session.snapshot(reads, request.signal, how));
  } catch (error) {
    if (!request.signal.aborted) logFailure(core, 'run.reader', error);
    return null;
  }
}

/** null: it cannot be had. */
export async function anotherSession(
  core: Core,
  { connection, compiled, signal, onSession }: ExportRequest,
  close: AsyncDisposableStack,
): Promise<Session | null> {
  const { statementTimeoutMs, lockTimeoutMs } = compiled.limits;
  try {
    const open: OpenConnection = await openConnection(core, connection.name, {
      signal,
      statementTimeoutMs,
      lockTimeoutMs,
    });
    const { session } = close.use(open);
    await onSession?.(session);
    return session;
  } catch (error) {
    if (!signal.aborted) logFailure(core, 'run.reader', error);
    return null;
  }
}
