/** What a session waits for: whoever takes its rows, a disk, a lock of another session, something else. */
export type WaitKind = 'client' | 'disk' | 'lock' | 'other';

/** One session of a run as a look at the server found it. */
export interface SessionLoad {
  /** As an administrator of the server names the session. */
  readonly number: string;
  /** How long its statement has been running; null: none is. */
  readonly statementMs: number | null;
  /** null: it waits for nothing. */
  readonly wait: {
    readonly kind: WaitKind;
    /** In the server's own words. */
    readonly name: string;
    /** null: the server does not tell. */
    readonly forMs: number | null;
  } | null;
  /** Who holds the lock that it waits for, such as `session 4711`; empty: nobody, or the server does not tell. */
  readonly blockedBy: readonly string[];
}

/** The server is not asked. */
export interface Unasked {
  /** There is none; the plan leaves no connection for it; the login may not see it. */
  readonly reason: 'server' | 'connection' | 'right';
  readonly why: string;
  readonly remedy: string | null;
}

/** The load of a run on its server, over all looks so far. */
export interface LoadSummary {
  /** Looks at the server that were answered. */
  readonly looks: number;
  /** Running statements of the run that these found; what `waits` counts is a part of them. */
  readonly seen: number;
  readonly waits: readonly { readonly kind: WaitKind; readonly name: string; readonly seen: number }[];
  /** Measured at this end, server or not: of so many statements found running, so many times their rows were waited for. */
  readonly here: { readonly seen: number; readonly waited: number };
  readonly longestStatementMs: number | null;
  /** null: no statement was ever found waiting for a lock. */
  readonly longestLock: { readonly ms: number; readonly blockedBy: readonly string[] } | null;
  /** Looks that failed, by reason. */
  readonly failed: readonly { readonly why: string; readonly times: number }[];
  /** null: it is, or will be. */
  readonly unasked: Unasked | null;
}

/** A session of the run that cannot go on for now. */
export interface Blocked {
  readonly by: readonly string[];
  /** For at least so long. */
  readonly forMs: number;
}

/** The shares of `waits` by kind, 0…1, the largest first. */
export function waitShares({ seen, waits }: Pick<LoadSummary, 'seen' | 'waits'>): readonly WaitShare[] {
  const sums = new Map<WaitKind, number>();
  for (const wait of waits) sums.set(wait.kind, (sums.get(wait.kind) ?? 0) + wait.seen);
  return [...sums]
    .map(([kind, count]) => ({ kind, share: seen === 0 ? 0 : count / seen }))
    .toSorted((a, b) => b.share - a.share);
}

export interface WaitShare {
  readonly kind: WaitKind;
  readonly share: number;
}
