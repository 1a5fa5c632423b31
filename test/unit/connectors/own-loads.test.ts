// What servers say of a session, as each of them spells it, in the words of all. MySQL 8, SQL Server and Oracle by their
// documentation; PostgreSQL and MariaDB are also asked in test/integration/runs/load.test.ts.
import { describe, expect, it } from 'vitest';
import type { Link } from '../../../src-main/connectors/mysql/link.ts';
import {
  blockersSql,
  loadOf as mysqlLoad,
  lookAt,
  processlistSql,
  threadsSql,
} from '../../../src-main/connectors/mysql/look.ts';
import { loadOf as oracleLoad } from '../../../src-main/connectors/oracle/look.ts';
import { loadOf as postgresLoad } from '../../../src-main/connectors/postgres/look.ts';
import { loadOf as sqlserverLoad } from '../../../src-main/connectors/sqlserver/look.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { SessionLoad } from '../../../src-shared/model/server-load.ts';

type Row = readonly (string | null)[];
const short = ({ statementMs, wait, blockedBy }: SessionLoad): unknown[] => [
  ...[statementMs, wait?.kind ?? null, wait?.forMs ?? null, ...blockedBy],
];

describe('a session', () => {
  it.each<[string, (row: Row) => SessionLoad, Row, unknown[]]>([
    ['of PostgreSQL that reads', postgresLoad, ['7', '1500.25', null, null, null, null], [1500, null, null]],
    ['of PostgreSQL that sends', postgresLoad, ['7', '10', 'Client', 'ClientWrite', null, null], [10, 'client', null]],
    ['of PostgreSQL between two', postgresLoad, ['7', null, 'Client', 'ClientRead', null, null], [null, null, null]],
    ['of PostgreSQL at the disk', postgresLoad, ['7', '10', 'IO', 'DataFileRead', null, null], [10, 'disk', null]],
    [
      'of PostgreSQL that two others block',
      postgresLoad,
      ['7', '9', 'Lock', 'relation', '8.6', '41 0 41'],
      [9, 'lock', 9, 'session 41', 'a prepared transaction'],
    ],
    ['of MariaDB that reads', mysqlLoad, ['7', 'Query', 'Sending data', '1500.123'], [1500, null, null]],
    ['of MariaDB that sends', mysqlLoad, ['7', 'Query', 'Writing to net', '10'], [10, 'client', null]],
    ['of MySQL that sends', mysqlLoad, ['7', 'Execute', 'Sending to client', '10'], [10, 'client', null]],
    ['of MySQL that sleeps', mysqlLoad, ['7', 'Sleep', null, '9000'], [null, null, null]],
    ['of MySQL at a lock', mysqlLoad, ['7', 'Query', 'Waiting for table metadata lock', '10'], [10, 'lock', null]],
    ['of MySQL at FLUSH TABLES', mysqlLoad, ['7', 'Query', 'Waiting for table flush', '10'], [10, 'lock', null]],
    ['of SQL Server that reads', sqlserverLoad, ['52', '1500', null, '0', '0'], [1500, null, null]],
    ['of SQL Server that sends', sqlserverLoad, ['52', '10', 'ASYNC_NETWORK_IO', '4', '0'], [10, 'client', 4]],
    ['of SQL Server at the disk', sqlserverLoad, ['52', '10', 'PAGEIOLATCH_SH', '1', '0'], [10, 'disk', 1]],
    ['of SQL Server that is idle', sqlserverLoad, ['52', null, null, null, null], [null, null, null]],
    ['of SQL Server at a lock', sqlserverLoad, ['52', '10', 'LCK_M_SCH_S', '8', '61'], [10, 'lock', 8, 'session 61']],
    [
      'of SQL Server that nobody alive blocks',
      sqlserverLoad,
      ['52', '10', 'LCK_M_S', '8', '-2'],
      [10, 'lock', 8, 'an orphaned distributed transaction'],
    ],
    ['of Oracle that reads', oracleLoad, ['21:7', '1500', null, null, null, null], [1500, null, null]],
    [
      'of Oracle that sends',
      oracleLoad,
      ['21:7', '10', 'Network', 'SQL*Net more data to client', '3.2', null],
      [10, 'client', 3],
    ],
    ['of Oracle at the disk', oracleLoad, ['21:7', '10', 'User I/O', 'direct path read', '1', null], [10, 'disk', 1]],
    [
      'of Oracle at a lock',
      oracleLoad,
      ['21:7', '10', 'Application', 'enq: TM - contention', '9', '33'],
      [10, 'lock', 9, 'session 33'],
    ],
    [
      'of Oracle between two fetches',
      oracleLoad,
      ['21:7', null, 'Idle', 'SQL*Net message from client', '5', null],
      [null, null, null],
    ],
  ])('%s', (_, loadOf, row, said) => {
    const load = loadOf(row);
    expect(short(load)).toEqual(said);
    expect(load.number).toBe((row[0] ?? '').split(':')[0]);
  });
});

describe('MySQL', () => {
  const signal = new AbortController().signal;
  const WAITS: Row = ['7', 'Query', 'Waiting for table metadata lock', '3000'];

  /** A server that gives these rows, or refuses, by statement. */
  function server(answers: Readonly<Record<string, readonly Row[] | 'refused'>>): { link: Link; asked: string[] } {
    const asked: string[] = [];
    const rows = async (sql: string): Promise<readonly Row[]> => {
      asked.push(sql);
      const answer = answers[sql] ?? 'refused';
      if (answer === 'refused') throw appError('SOURCE/PERMISSION_DENIED', { message: 'no' });
      return answer;
    };
    return { link: { rows } as unknown as Link, asked };
  }

  it('is asked for who holds a lock only when one is waited for', async () => {
    const idle = server({ [threadsSql('7')]: [['7', 'Query', 'executing', '3000']] });
    await lookAt(idle.link, false)(['7'], signal);
    expect(idle.asked).toEqual([threadsSql('7')]);
    const busy = server({ [threadsSql('7, 8')]: [WAITS], [blockersSql('7, 8')]: [['7', '41']] });
    expect(await lookAt(busy.link, false)(['7', '8'], signal)).toMatchObject([{ blockedBy: ['session 41'] }]);
  });

  it('is asked in the way that every login may, where it refuses the better one, which is asked once', async () => {
    const { link, asked } = server({ [processlistSql('7')]: [WAITS] });
    const look = lookAt(link, false);
    for (const _ of [1, 2])
      expect(await look(['7'], signal)).toMatchObject([{ wait: { kind: 'lock' }, blockedBy: [] }]);
    expect(asked).toEqual([threadsSql('7'), processlistSql('7'), blockersSql('7'), processlistSql('7')]);
  });

  it('is asked about numbers and about nothing else', async () => {
    const { link, asked } = server({});
    await expect(lookAt(link, false)(['7) or (1=1'], signal)).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});
