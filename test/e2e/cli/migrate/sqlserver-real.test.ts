// On a real server, which WAYBILL_TEST_SQLSERVER_URL names (docs/connectors/sqlserver.md): without one this file is not looked for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../servers/run-program.ts';
import { newPostgresDatabase } from '../../../servers/shared-servers.ts';
import {
  newSqlserverDatabase,
  sqlserverAddress,
  type SqlserverAddress,
  type SqlserverDatabase,
} from '../../../servers/sqlserver-client.ts';
import { Desk } from '../driver.ts';
import type { RunResult } from '../results.ts';
import { FROM_POSTGRES, type AcrossColumn } from './across-columns.ts';
import { migrationPlan } from './migration-plan.ts';
import { tableSql } from './table-sql.ts';

const address = sqlserverAddress();

/** Values that stop a load into SQL Server, as docs/migrate.md says. */
const MISFITS = new Set(["'24:00:00'", '5e-324', '-1e-45', `'${'9'.repeat(35)}.${'1'.repeat(30)}'`]);
const COLUMNS: readonly AcrossColumn[] = FROM_POSTGRES.map((column) => ({
  ...column,
  values: column.values.filter((value) => !MISFITS.has(value)),
}));
/** Types whose values are told alike by both servers; the others only have to load. */
const ALIKE =
  /^(?:text|varchar|json|int\[\]|int4range|bit varying|xml|inet|timetz|interval|smallint|bigint|numeric\(80)/;

describe('a package of PostgreSQL on a server of SQL Server', { timeout: 120_000 }, () => {
  if (address === null) throw new Error('WAYBILL_TEST_SQLSERVER_URL names no server');
  const server = address;
  let postgres: Awaited<ReturnType<typeof newPostgresDatabase>>;
  let target: SqlserverDatabase;
  let desk: Desk;

  beforeAll(async () => {
    desk = new Desk();
    postgres = await newPostgresDatabase();
    target = await newSqlserverDatabase(server);
    await postgres.sql(tableSql('public.across', COLUMNS));
    await desk.connect(postgres.server, postgres.name, { name: 'shop' });
    desk.write('this.plan.yaml', migrationPlan('sqlserver', [['public', 'across']]));
    const run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--accept-catalog', '--out', 'out']);
    const options = { cwd: run.package, env: environment(server, target.name) };
    const login = ['-S', `${server.host},${server.port}`, '-d', target.name, '-U', server.user, '-C'];
    await runProgram('sqlcmd', [...login, '-b', '-x', '-I', '-i', 'ddl.sql'], options);
    await runProgram('sh', ['load.sh'], options);
  });
  afterAll(async () => {
    await postgres.drop();
    await target[Symbol.asyncDispose]();
    desk[Symbol.dispose]();
  });

  it('has the same rows', async () => {
    const [row] = await target.owner.ask('select count(*) from dbo.across');
    expect(String(row?.[0])).toBe(await postgres.sql('select count(*) from public.across'));
  });

  it.each(COLUMNS.flatMap(({ type }, at) => (ALIKE.test(type) ? [[type, `c${at}`] as const] : [])))(
    'has the same values of %s',
    async (_type, column) => {
      const there = await postgres.sql(
        `set intervalstyle = iso_8601; select json_agg(${column}::text order by id) from public.across`,
      );
      const here = await target.owner.ask(`select convert(nvarchar(max), ${column}) from dbo.across order by id`);
      expect(here.map(([value]) => value)).toEqual(JSON.parse(there));
    },
  );
});

function environment({ host, port, user, password }: SqlserverAddress, database: string): NodeJS.ProcessEnv {
  return {
    ...{ SQLCMDSERVER: `${host},${port}`, SQLCMDDBNAME: database, SQLCMDUSER: user, SQLCMDPASSWORD: password },
    ...{ SQLCMD_OPTIONS: '-C', BCP_OPTIONS: '-u' },
  };
}
