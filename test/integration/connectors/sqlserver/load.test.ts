// How a session of SQL Server looks at others of its run. Run on the TDS stand-in: what it shows of a server's own views is
// nothing but that they are asked by the statement of the golden file loads.sql, with the numbers bound.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../servers/tds/scripted.ts';
import { table } from '../../../servers/tds/replies.ts';
import { openSqlserver, signal, standIn } from './rig.ts';

describe('a look of SQL Server on the TDS stand-in', () => {
  it('asks about the numbers that it is given, and reads waits, blockers and times', async () => {
    const given: unknown[] = [];
    const loads: Answer = function* (_session, { parameters }) {
      given.push(parameters.get('p1'));
      yield* table([[52, 9000, 'LCK_M_SCH_S', 8000, 61]], 5);
      return;
    };
    await using place = await standIn({ own: { loads, 'own-number': [[52]] } });
    await using session = await openSqlserver(place.peer);
    expect(await session.others?.number(signal)).toBe('52');
    expect(await session.others?.look(['52', '53'], signal)).toEqual([
      {
        ...{ number: '52', statementMs: 9000, blockedBy: ['session 61'] },
        wait: { kind: 'lock', name: 'LCK_M_SCH_S', forMs: 8000 },
      },
    ]);
    expect(given).toEqual(['52,53']);
  });

  it('says which right is missing where the server shows no other session, for it gives no error', async () => {
    await using place = await standIn({ own: { loads: [], 'may-see-sessions': [[0]] } });
    await using session = await openSqlserver(place.peer);
    await expect(session.others?.look(['52'], signal)).rejects.toMatchObject({
      code: 'SOURCE/PERMISSION_DENIED',
      message: 'The login may not see what its own sessions wait for.',
      remedy: expect.stringContaining('VIEW SERVER STATE') as string,
    });
  });

  it('finds nothing to tell of a session that is gone', async () => {
    await using place = await standIn({ own: { loads: [] } });
    await using session = await openSqlserver(place.peer);
    expect(await session.others?.look(['52'], signal)).toEqual([]);
  });
});
