import { describe, expect, it } from 'vitest';
import { blockedWords, loadWords, unaskedWords } from '../../../../src-main/hosts/cli/load-lines.ts';
import type { LoadSummary } from '../../../../src-shared/model/server-load.ts';

const NOTHING: LoadSummary = {
  ...{ looks: 0, seen: 0, waits: [], here: { seen: 0, waited: 0 } },
  ...{ longestStatementMs: null, longestLock: null, failed: [], unasked: null },
};

describe('the load of a run at the command line', () => {
  it('is told in the report: shares, longest statement, longest lock and who held it, what failed', () => {
    expect(loadWords(NOTHING)).toEqual([]);
    const load: LoadSummary = {
      ...{ ...NOTHING, looks: 24, seen: 20, longestStatementMs: 250_000 },
      waits: [
        { kind: 'client', name: 'Client: ClientWrite', seen: 12 },
        { kind: 'lock', name: 'Lock: relation', seen: 1 },
      ],
      longestLock: { ms: 3200, blockedBy: ['session 4711'] },
      failed: [{ why: 'The server did not answer in time.', times: 1 }],
    };
    expect(loadWords(load)).toEqual([
      'Server: looked at 24 times; waited on the client 60 %, on a lock 5 %; longest statement 04:10; longest wait on a lock 3.2 s (held by session 4711)',
      '1 look at the server failed: The server did not answer in time.',
    ]);
  });

  it('says who keeps it from going on, and what to do', () => {
    const remedy =
      '→ Have the work on that table committed or rolled back there; limits.lockTimeoutMs of the plan ends the wait.';
    expect(blockedWords({ by: ['session 4711'], forMs: 3000 })).toBe(
      `The run waits for a lock that session 4711 holds, for 3.0 s at least by now. ${remedy}`,
    );
    expect(blockedWords({ by: ['session 1', 'session 2'], forMs: 0 })).toBe(
      `The run waits for a lock that session 1, session 2 hold. ${remedy}`,
    );
    expect(blockedWords({ by: [], forMs: 0 })).toBe(`The run waits for a lock of another session. ${remedy}`);
  });

  it('says a missing right while it runs, and a missing connection in the report only', () => {
    const why = 'The login may not see what its own sessions wait for.';
    const remedy = 'Have it granted.';
    expect(unaskedWords({ ...NOTHING, unasked: { reason: 'right', why, remedy } })).toBe(`${why} → ${remedy}`);
    const load: LoadSummary = { ...NOTHING, unasked: { reason: 'connection', why: 'None is left.', remedy: null } };
    expect(unaskedWords(load)).toBeNull();
    expect(loadWords({ ...load, here: { seen: 4, waited: 1 }, longestStatementMs: 900 })).toEqual([
      'Server: rows were waited for 25 % of the time; longest statement 900 ms; measured here',
      'The server was not asked how it was doing. None is left.',
    ]);
  });
});
