import type { Reader } from '../engine/run/reader.ts';
import type { TableJob } from '../engine/run/table-job.ts';
import type { Snapshot } from '../ports/connector.ts';
import type { Core } from './core.ts';
import type { ExportRequest } from './export-context.ts';
import { openTogether } from './open-together.ts';
import { openAnother, type Joining } from './reader-connection.ts';

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
  // It stays open for as long as the run: a reader that is lost is replaced by one that ends with the others.
  const close = new AsyncDisposableStack();
  const joining = { reads: jobs.map((job) => job.read), close };
  const more = connectionsWanted(request, jobs) - 1;
  const shares = more > 0 ? request.connection.connector.traits.sharesSnapshots : null;
  try {
    const all =
      shares === 'by hold'
        ? await openTogether(core, request, { ...joining, more })
        : await openByName(core, request, { ...joining, more: shares === null ? 0 : more });
    core.log.info('run.readers', { readers: all.length });
    return { id: all[0].snapshot.facts.id, all, [Symbol.asyncDispose]: () => close.disposeAsync() };
  } catch (error) {
    await close.disposeAsync();
    throw error;
  }
}

/** So many things can be read at once at one point in time; Infinity: a table is cut into as many as there are readers. */
export function piecesAtOnce({ connection }: ExportRequest, jobs: readonly TableJob[]): number {
  if (connection.connector.traits.sharesSnapshots === null) return 1;
  return jobs.some(({ cutBy }) => cutBy !== undefined) ? Infinity : jobs.length;
}

/** How many connections are to read, of those that the plan allows. */
export function connectionsWanted(request: ExportRequest, jobs: readonly TableJob[]): number {
  return Math.min(request.compiled.limits.connections, piecesAtOnce(request, jobs));
}

/** The point in time belongs to the first: when its connection is gone, those that are there go on, and nobody can join them. */
async function openByName(
  core: Core,
  request: ExportRequest,
  { more, ...joining }: Joining & { readonly more: number },
): Promise<[Reader, ...Reader[]]> {
  const leader = joining.close.use(await request.connection.session.snapshot(joining.reads, request.signal));
  const all: [Reader, ...Reader[]] = [{ snapshot: leader, renew: null }];
  const renew = (): Promise<Snapshot | null> =>
    openAnother(core, request, { ...joining, how: { joins: leader.facts.id } });
  for (let opened = 0; opened < more; opened++) {
    const snapshot = await renew();
    if (snapshot === null) break;
    all.push({ snapshot, renew });
  }
  return all;
}
