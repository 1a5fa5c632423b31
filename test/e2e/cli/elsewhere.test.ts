// The policy of docs/spec/plan.md, Times, zones and texts: as stored. What is written does not hang on the machine it is written on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import { EVERY_TYPE_SQL } from './migrate/mariadb-tables.ts';
import { EVERY_TYPE_DDL } from './migrate/postgres-tables.ts';
import { dataOf } from './package-data.ts';
import type { RunResult } from './results.ts';

/** Half an hour off the full one, days apart from UTC, and a language in which `i` has another capital and `.` another meaning. */
const ELSEWHERE = { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', PGTZ: 'Asia/Kathmandu' };

let desk: Desk;
let postgres: Awaited<ReturnType<typeof newPostgresDatabase>>;
let mariadb: Awaited<ReturnType<typeof newMariadbDatabase>>;

beforeAll(async () => {
  desk = new Desk();
  [postgres, mariadb] = await Promise.all([newPostgresDatabase(), newMariadbDatabase()]);
  await postgres.sql(EVERY_TYPE_DDL);
  // Of the login and of the database, too: a session of ours fixes its own.
  await postgres.sql(`alter database ${postgres.name} set timezone = 'America/St_Johns';
    alter database ${postgres.name} set datestyle = 'SQL, DMY'; alter database ${postgres.name} set intervalstyle = sql_standard;
    alter database ${postgres.name} set extra_float_digits = 0; alter database ${postgres.name} set bytea_output = escape`);
  await mariadb.sql(EVERY_TYPE_SQL);
  await desk.connect(postgres.server, postgres.name, { name: 'elephant' });
  await desk.connect(mariadb.server, mariadb.name, { name: 'seal', connector: 'mysql' });
});
afterAll(async () => {
  await Promise.all([postgres.drop(), mariadb.drop()]);
  desk[Symbol.dispose]();
});

async function written(connection: string, format: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const namespace = connection === 'seal' ? mariadb.name : 'public';
  const head = ['waybill: 1', 'name: here', 'purpose: zones', `connection: ${connection}`, `format: ${format}`];
  desk.write('plan.yaml', [...head, 'tables:', `  - table: ${namespace}.every_type`, ''].join('\n'));
  return dataOf(await desk.json<RunResult>(['run', 'plan.yaml', '--accept-catalog', '--out', 'out'], { env }));
}

describe('what is written', { timeout: 60_000 }, () => {
  it.each(['elephant', 'seal'])('is the same on a machine of another zone and language: %s', async (connection) => {
    for (const format of ['{ type: csv }', '{ type: ndjson }']) {
      const here = await written(connection, format, { TZ: 'UTC' });
      expect(await written(connection, format, ELSEWHERE)).toEqual(here);
    }
  });

  it('has moments with a zone in UTC, others as they stand', async () => {
    await postgres.sql(`create table moments (id int primary key, with_zone timestamptz, without timestamp, clock timetz);
      insert into moments values (1, '2024-07-01 12:00:00+05:45', '2024-07-01 12:00:00', '12:00:00+05:45')`);
    const head = ['waybill: 1', 'name: m', 'purpose: zones', 'connection: elephant', 'format: { type: csv }'];
    desk.write('plan.yaml', [...head, 'tables:', '  - table: public.moments', ''].join('\n'));
    const args = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out'];
    expect(Object.values(dataOf(await desk.json<RunResult>(args, { env: ELSEWHERE })))).toEqual([
      'id,with_zone,without,clock\r\n1,2024-07-01T06:15:00Z,2024-07-01T12:00:00,12:00:00+05:45\r\n',
    ]);
  });
});
