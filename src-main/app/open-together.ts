import { appError } from '../../src-shared/errors/app-error.ts';
import type { Reader } from '../engine/run/reader.ts';
import type { Session, Snapshot } from '../ports/connector.ts';
import type { Core } from './core.ts';
import type { ExportRequest } from './export-context.ts';
import { logFailure } from './log-failure.ts';
import { Meeting } from './meeting.ts';
import { anotherSession, type Joining } from './reader-connection.ts';

interface Other {
  readonly session: Session;
  readonly close: AsyncDisposableStack;
}

/**
 * Opens snapshots that are at one point in time because nobody can change the tables while they are fixed: a connection of its
 * own, over in a moment, holds the tables. Nobody joins later. Where the tables cannot be held one connection reads alone.
 */
export async function openTogether(
  core: Core,
  request: ExportRequest,
  { reads, close, more }: Joining & { readonly more: number },
): Promise<[Reader, ...Reader[]]> {
  const { signal, connection } = request;
  await using aside = new AsyncDisposableStack();
  const holder = await anotherSession(core, request, aside);
  const others = holder === null ? [] : await openOthers(core, request, more);
  const meeting = new Meeting();
  const open = (session: Session, mayGoAlone: boolean): Promise<Snapshot> => {
    const seat = meeting.seat();
    const beforeFixed = async (): Promise<void> => {
      if (!(await seat.wait()) && !mayGoAlone) throw notShared();
    };
    return session.snapshot(reads, signal, { beforeFixed }).finally(seat.leave);
  };
  const leading = open(connection.session, true);
  const joining = others.map(({ session }) => open(session, false));
  // What fails is told below, when the others have come to their end, too.
  for (const each of [leading, ...joining]) each.catch(() => undefined);
  await meeting.isFull;
  await using hold = holder === null || others.length === 0 ? null : await held(core, request, { holder, reads });
  meeting.end(hold !== null);
  const [leader, ...joined] = await Promise.allSettled([leading, ...joining]);
  const all: Reader[] = [];
  for (const [nth, each] of joined.entries()) {
    const own = close.use(others[nth]?.close.move() ?? new AsyncDisposableStack());
    if (each.status === 'fulfilled') all.push(asReader(own.use(each.value)));
    else {
      await own.disposeAsync();
      if (hold !== null && !signal.aborted) logFailure(core, 'run.reader', each.reason);
    }
  }
  if (leader.status === 'rejected') throw leader.reason;
  return [asReader(close.use(leader.value)), ...all];
}

/** Connections that are to read besides the first; their owner moves or disposes of their stacks. */
async function openOthers(core: Core, request: ExportRequest, more: number): Promise<readonly Other[]> {
  const others: Other[] = [];
  while (others.length < more) {
    const close = new AsyncDisposableStack();
    const session = await anotherSession(core, request, close);
    if (session === null) break;
    others.push({ session, close });
  }
  return others;
}

function asReader(snapshot: Snapshot): Reader {
  return { snapshot, renew: null };
}

/** The tables, held; null: they cannot be. */
async function held(
  core: Core,
  { signal }: ExportRequest,
  { holder, reads }: { readonly holder: Session; readonly reads: Joining['reads'] },
): Promise<AsyncDisposable | null> {
  try {
    return (await holder.others?.hold?.(reads, signal)) ?? null;
  } catch (error) {
    if (!signal.aborted) logFailure(core, 'run.reader', error);
    return null;
  }
}

function notShared(): Error {
  return appError('SOURCE/SNAPSHOT_LOST', {
    message: 'The tables could not be held for a moment, so this connection would not be at the same point in time.',
    remedy: 'One connection reads the run.',
  });
}
