import type { Blocked, LoadSummary, SessionLoad, Unasked, WaitKind } from '../../../src-shared/model/server-load.ts';
import type { OwnStatement } from './own-statements.ts';

/** More reasons, or more names of waits, than anybody would read are not kept apart. */
const KEPT_APART = 20;
const MORE = 'others';

export interface LoadEvent {
  readonly type: 'server.load';
  /** The run's own sessions as the server found them now; null: it was not asked, or did not answer. */
  readonly sessions: readonly SessionLoad[] | null;
  /** Of the statements that run now, the one that has run longest, as measured here; null: none runs. */
  readonly statementMs: number | null;
  /** null: nobody keeps the run from going on, as far as the server was asked. */
  readonly blocked: Blocked | null;
  readonly soFar: LoadSummary;
}

/** What looks at the server add up to over a run. */
export class LoadTally {
  #looks = 0;
  #seen = 0;
  #here = { seen: 0, waited: 0 };
  #longestMs: number | null = null;
  #longestLock: LoadSummary['longestLock'] = null;
  #unasked: Unasked | null = null;
  readonly #waits = new Map<string, { kind: WaitKind; name: string; seen: number }>();
  readonly #failed = new Map<string, number>();
  /** By session: since when it has been found waiting for a lock at every look. */
  readonly #lockedSince = new Map<string, number>();

  get summary(): LoadSummary {
    return {
      looks: this.#looks,
      seen: this.#seen,
      waits: [...this.#waits.values()].map((wait) => ({ ...wait })).toSorted((a, b) => b.seen - a.seen),
      here: { ...this.#here },
      longestStatementMs: this.#longestMs,
      longestLock: this.#longestLock,
      failed: [...this.#failed].map(([why, times]) => ({ why, times })),
      unasked: this.#unasked,
    };
  }

  get unasked(): Unasked | null {
    return this.#unasked;
  }

  /** The server is not asked, or not any more. */
  doWithout(unasked: Unasked): void {
    this.#unasked = unasked;
  }

  failed(why: string): void {
    const kept = this.#failed.has(why) || this.#failed.size < KEPT_APART ? why : MORE;
    this.#failed.set(kept, (this.#failed.get(kept) ?? 0) + 1);
    // Whether what was locked before still is, nobody knows.
    this.#lockedSince.clear();
  }

  here(statements: readonly OwnStatement[]): void {
    const waited = statements.filter(({ isWaitedFor }) => isWaitedFor).length;
    this.#here = { seen: this.#here.seen + statements.length, waited: this.#here.waited + waited };
  }

  /** The longest of all statements so far. */
  longest(ms: number | null): void {
    if (ms !== null) this.#longestMs = Math.max(this.#longestMs ?? 0, ms);
  }

  /** What the server said of our sessions at a time of a monotonic clock. Tells who keeps the run from going on. */
  look(sessions: readonly SessionLoad[], at: number): Blocked | null {
    this.#looks++;
    const running = sessions.filter(({ statementMs }) => statementMs !== null);
    this.#seen += running.length;
    for (const { statementMs, wait } of running) {
      this.longest(statementMs);
      if (wait !== null) this.#count(wait);
    }
    const locked = running.filter(({ wait }) => wait?.kind === 'lock');
    for (const number of this.#lockedSince.keys()) {
      if (!locked.some((session) => session.number === number)) this.#lockedSince.delete(number);
    }
    const all = locked.map((session) => this.#blocked(session, at)).toSorted((a, b) => b.forMs - a.forMs);
    const [longest] = all;
    if (longest === undefined) return null;
    if (longest.forMs >= (this.#longestLock?.ms ?? 0)) this.#longestLock = { ms: longest.forMs, blockedBy: longest.by };
    return longest;
  }

  #blocked({ number, wait, blockedBy }: SessionLoad, at: number): Blocked {
    const since = this.#lockedSince.get(number) ?? at;
    this.#lockedSince.set(number, since);
    return { by: blockedBy, forMs: Math.round(Math.max(wait?.forMs ?? 0, at - since)) };
  }

  #count({ kind, name }: { readonly kind: WaitKind; readonly name: string }): void {
    const kept = this.#waits.has(`${kind} ${name}`) || this.#waits.size < KEPT_APART ? name : MORE;
    const key = `${kind} ${kept}`;
    const before = this.#waits.get(key)?.seen ?? 0;
    this.#waits.set(key, { kind, name: kept, seen: before + 1 });
  }
}
