import { describe, expect, it } from 'vitest';
import { loadLines, nowWords, soFarWords } from '../../../src-renderer/features/runs/load-words.ts';
import type { RunLoad } from '../../../src-shared/contract/run-load.ts';

const NOTHING: RunLoad['soFar'] = {
  ...{ looks: 0, seen: 0, waits: [], here: { seen: 0, waited: 0 } },
  ...{ longestStatementMs: null, longestLock: null, failed: [], unasked: null },
};
type Session = NonNullable<RunLoad['sessions']>[number];
const session = (kind: 'client' | 'lock' | null, statementMs: number | null = 1): Session => ({
  ...{ number: '1', statementMs, blockedBy: [] },
  wait: kind === null ? null : { kind, name: kind, forMs: null },
});
const plain = (words: string): string => words.replaceAll('\u00a0', ' ');

describe('the load of a run in words', () => {
  it('says what its sessions do now, each state once', () => {
    expect(nowWords(null)).toBeNull();
    expect(nowWords([session(null, null)])).toBe('between two statements');
    expect(nowWords([session(null)])).toBe('reading');
    expect(nowWords([session('client'), session(null), session('client')])).toBe('2 × waits on client, reading');
  });

  it('says what the server was found at, and the longest statement', () => {
    const waits = [
      { kind: 'client' as const, name: 'Client: ClientWrite', seen: 62 },
      { kind: 'disk' as const, name: 'IO: DataFileRead', seen: 4 },
    ];
    const load = { ...NOTHING, looks: 100, seen: 100, waits, longestStatementMs: 250_000 };
    expect(soFarWords(load).map(plain)).toEqual(['waited on client 62 %, on disk 4 %', 'longest statement 04:10']);
    expect(soFarWords({ ...load, waits: [] })[0]).toBe('waited on nothing');
  });

  it('says what was measured here where the server was not asked, and why it was not', () => {
    const why = 'The plan allows 1 connection, and it reads.';
    const load: RunLoad['soFar'] = {
      ...{ ...NOTHING, here: { seen: 10, waited: 4 }, longestStatementMs: 2500 },
      unasked: { reason: 'connection', why, remedy: 'With limits.connections: 2 the server is asked.' },
    };
    expect(loadLines(load).map(plain)).toEqual([
      'rows waited for 40 % of the time · longest statement 2.5 s · measured here',
      `not asked: ${why} With limits.connections: 2 the server is asked.`,
    ]);
  });

  it('tells in the report the longest lock and looks that failed, and nothing of a run that was over at once', () => {
    expect(loadLines(NOTHING)).toEqual([]);
    const longestLock = { ms: 12_000, blockedBy: ['session 4711'] };
    const failed = [{ why: 'The server did not answer in time.', times: 2 }];
    expect(loadLines({ ...NOTHING, looks: 1, seen: 1, longestLock, failed }).map(plain)).toEqual([
      'looked at 1 time · waited on nothing · longest wait on a lock 12 s (held by session 4711)',
      '2 looks failed: The server did not answer in time.',
    ]);
  });
});
