import { setTimeout as sleep } from 'node:timers/promises';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { Reader } from '../engine/run/reader.ts';
import type { Hold, Session, Snapshot } from '../ports/connector.ts';
import type { Core } from './core.ts';
import type { ExportRequest } from './export-context.ts';
import { logFailure } from './log-failure.ts';
import { Meeting } from './meeting.ts';
import { anotherSession, type Joining } from './reader-connection.ts';

interface Other {
  readonly session: Session;
  readonly close: AsyncDisposableStack;
}

/** A snapshot on its way. */
interface Opening {
  readonly snapshot: Promise<Snapshot>;
  /** Its point in time is fixed, or it will have none. */
  readonly settled: Promise<void>;
  isFixed: boolean;
  readonly giveUp: () => void;
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
  await using aside = new AsyncDisposableStack();
  const holder = await anotherSession(core, request, aside);
  const others = holder === null ? [] : await openOthers(core, request, more);
  const meeting = new Meeting();
  const begin = (session: Session, mayGoAlone: boolean): Opening =>
    open(session, { reads, meeting, mayGoAlone, signal: request.signal });
  const leading = begin(request.connection.session, true);
  const joining = others.map(({ session }) => begin(session, false));
  await meeting.isFull;
  const shared = await fixTogether(core, request, {
    ...{ holder: others.length === 0 ? null : holder, reads, meeting, leading, joining },
  });
  const [leader, ...joined] = await Promise.allSettled([leading, ...joining].map(({ snapshot }) => snapshot));
  const all: Reader[] = [];
  for (const [nth, { close: stack }] of others.entries()) {
    const own = close.use(stack.move());
    const [opening, each] = [joining[nth], joined[nth]];
    if (opening !== undefined && shared.has(opening) && each?.status === 'fulfilled')
      all.push(asReader(own.use(each.value)));
    else {
      await own.disposeAsync();
      if (shared.size > 0 && each?.status === 'rejected' && !request.signal.aborted)
        logFailure(core, 'run.reader', each.reason);
    }
  }
  if (leader?.status !== 'fulfilled') throw leader?.reason;
  return [asReader(close.use(leader.value)), ...all];
}

interface Seated {
  readonly reads: Joining['reads'];
  readonly meeting: Meeting;
  readonly mayGoAlone: boolean;
  readonly signal: AbortSignal;
}

function open(session: Session, { reads, meeting, mayGoAlone, signal }: Seated): Opening {
  const seat = meeting.seat();
  const settled = Promise.withResolvers<void>();
  const late = new AbortController();
  const beforeFixed = async (): Promise<void> => {
    if (!(await seat.wait()) && !mayGoAlone) throw notShared();
  };
  const onFixed = (): void => {
    opening.isFixed = true;
    settled.resolve();
  };
  const snapshot = session
    .snapshot(reads, AbortSignal.any([signal, late.signal]), { beforeFixed, onFixed })
    .finally(() => {
      seat.leave();
      settled.resolve();
    });
  // What fails is told when the others have come to their end, too.
  snapshot.catch(() => undefined);
  const opening = { snapshot, settled: settled.promise, isFixed: false, giveUp: () => late.abort() };
  return opening;
}

interface Fixing {
  /** null: nobody is to hold the tables. */
  readonly holder: Session | null;
  readonly reads: Joining['reads'];
  readonly meeting: Meeting;
  readonly leading: Opening;
  readonly joining: readonly Opening[];
}

/**
 * Has the points in time fixed while the tables are held, for no longer than a lock is waited for: who is not there by then is
 * done without. Gives those that are at one point in time.
 */
async function fixTogether(core: Core, request: ExportRequest, fixing: Fixing): Promise<ReadonlySet<Opening>> {
  const { holder, reads, meeting, leading, joining } = fixing;
  await using hold = holder === null ? null : await held(core, request, { holder, reads });
  meeting.end(hold !== null);
  if (hold === null) return new Set();
  const all = [leading, ...joining];
  const over = new AbortController();
  const late = sleep(request.compiled.limits.lockTimeoutMs, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([Promise.all(all.map(({ settled }) => settled)), late]);
  over.abort();
  const fixed = new Set(all.filter(({ isFixed }) => isFixed));
  const shared = fixed.has(leading) && (await lasted(core, request, hold)) ? fixed : new Set<Opening>();
  for (const each of joining) if (!shared.has(each)) each.giveUp();
  return shared;
}

async function lasted(core: Core, { signal, compiled }: ExportRequest, hold: Hold): Promise<boolean> {
  const limit = AbortSignal.timeout(compiled.limits.lockTimeoutMs);
  try {
    return await hold.lasts(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!signal.aborted) logFailure(core, 'run.reader', error);
    return false;
  }
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
): Promise<Hold | null> {
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
