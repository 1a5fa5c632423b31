import { Client } from 'pg';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { APPLICATION, type ConnectorPlace, type ConnectorRig } from './rig.ts';

const OPEN = `select count(*) from pg_stat_activity
  where application_name = '${APPLICATION}' and datname = current_database() and xact_start is not null`;

export const postgresRig: ConnectorRig = {
  product: 'PostgreSQL',
  types: { integer: 'integer', bigint: 'bigint', text: 'text', bytes: 'bytea' },
  refusedNames: [],
  unmapped: {
    ddl: 'create table pair (a int, b int); create table odd_types (id integer, odd pair)',
    table: 'odd_types',
    query: 'select id, odd from odd_types',
  },
  alterType: (table, column) => `alter table ${table} alter column ${column} type numeric`,
  series: (count) => `generate_series(1, ${count}) as s(i)`,
  repeat: (text, times) => `repeat('${text}', ${times})`,
  bytes: (count) => `decode(repeat('ab', ${count}), 'hex')`,
  lock: (table) => ({ take: `begin; lock table ${table} in access exclusive mode`, release: 'rollback' }),
  endlessQuery: 'select generate_series(1, 2000000000) as n',
  failingQuery: 'select 1 / (i - 2500) as n from generate_series(1, 5000) as s(i)',
  busyQuery: 'select pg_sleep(60)::text as n',
  start: startPlace,
};

async function startPlace(): Promise<ConnectorPlace> {
  const database = await newPostgresDatabase();
  const { host, port, user, password, socketFolder } = database.server;
  const owner = new Client({ host: socketFolder, port, user, database: database.name });
  await owner.connect();
  await owner.query(`set lock_timeout = '1s'`);
  return {
    connection: { host, port, user, database: database.name, tls: 'disable' },
    password: password === null ? null : new SecretText(password),
    namespace: 'public',
    sql: async (text) => void (await owner.query(text)),
    openTransactions: async () => Number(await database.sql(OPEN)),
    stop: async () => {
      await owner.end();
      await database.drop();
    },
  };
}
