import { describe, expect, it } from 'vitest';
import { LoadTally } from '../../../../src-main/engine/run/load-tally.ts';
import type { SessionLoad, WaitKind } from '../../../../src-shared/model/server-load.ts';
import { waitShares } from '../../../../src-shared/model/server-load.ts';

function session(number: string, more: Partial<SessionLoad> = {}): SessionLoad {
  return { number, statementMs: 1000, wait: null, blockedBy: [], ...more };
}
const waiting = (kind: WaitKind, name: string = kind): Pick<SessionLoad, 'wait'> => ({
  wait: { kind, name, forMs: null },
});
const locked = (by: readonly string[] = []): Partial<SessionLoad> => ({ ...waiting('lock'), blockedBy: by });

describe('what the looks of a run add up to', () => {
  it('are shares of the statements that were found running: idle sessions count for nothing', () => {
    const tally = new LoadTally();
    tally.look([session('1', waiting('client')), session('2', { statementMs: null })], 0);
    tally.look([session('1', waiting('client')), session('2', waiting('disk'))], 3000);
    tally.look([session('1')], 6000);
    expect(tally.summary).toMatchObject({ looks: 3, seen: 4 });
    expect(waitShares(tally.summary)).toEqual([
      { kind: 'client', share: 0.5 },
      { kind: 'disk', share: 0.25 },
    ]);
  });

  it('measure a lock from the first look that found it to the last one, where the server does not tell', () => {
    const tally = new LoadTally();
    expect(tally.look([session('1', locked(['session 9'])), session('2')], 1000)).toEqual({
      by: ['session 9'],
      forMs: 0,
    });
    expect(tally.look([session('1', locked(['session 9']))], 4000)).toEqual({ by: ['session 9'], forMs: 3000 });
    expect(tally.look([session('1')], 7000)).toBeNull();
    expect(tally.look([session('1', locked())], 10_000)).toEqual({ by: [], forMs: 0 });
    expect(tally.summary.longestLock).toEqual({ ms: 3000, blockedBy: ['session 9'] });
  });

  it('believe the server where it tells for how long, and name the session that has waited longest', () => {
    const tally = new LoadTally();
    const told = { wait: { kind: 'lock', name: 'Lock: relation', forMs: 5000 }, blockedBy: ['session 7'] } as const;
    const blocked = tally.look([session('1', locked(['session 9'])), session('2', told)], 0);
    expect(blocked).toEqual({ by: ['session 7'], forMs: 5000 });
  });

  it('do not add up a lock over looks that failed in between', () => {
    const tally = new LoadTally();
    tally.look([session('1', locked())], 0);
    tally.failed('The server did not answer in time.');
    tally.failed('The server did not answer in time.');
    expect(tally.look([session('1', locked())], 30_000)?.forMs).toBe(0);
    expect(tally.summary.failed).toEqual([{ why: 'The server did not answer in time.', times: 2 }]);
  });

  it('hold the longest statement, whoever measured it, and how often rows were waited for', () => {
    const tally = new LoadTally();
    tally.longest(null);
    expect(tally.summary.longestStatementMs).toBeNull();
    tally.longest(500);
    tally.look([session('1', { statementMs: 800 })], 0);
    tally.longest(700);
    tally.here([
      { ms: 1, isWaitedFor: true },
      { ms: 1, isWaitedFor: false },
    ]);
    expect(tally.summary).toMatchObject({ longestStatementMs: 800, here: { seen: 2, waited: 1 } });
  });

  it('stay small however many kinds of waits a server has', () => {
    const tally = new LoadTally();
    for (let n = 0; n < 1000; n++) tally.look([session('1', waiting('other', `wait ${n}`))], n);
    expect(tally.summary.waits.length).toBeLessThanOrEqual(21);
    expect(waitShares(tally.summary)).toEqual([{ kind: 'other', share: 1 }]);
  });
});
