import { readFileSync } from 'node:fs';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { makeCertificates } from '../../servers/certificates.ts';
import { newSqlserverDatabase, sqlserverAddress, type SqlserverAddress } from '../../servers/sqlserver-client.ts';
import { BehindDatabase } from '../../servers/tds/behind/database.ts';
import { startTdsPeer } from '../../servers/tds/server.ts';
import { APPLICATION, type ConnectorPlace, type ConnectorRig } from './rig.ts';

const BUSY =
  'from generate_series(1, 1000000) as a cross join generate_series(1, 1000000) as b where a.value + b.value < 0';
const DATABASE = 'contract';
const USER = 'waybill';
const PASSWORD = 'Str0ng enough';

const address = sqlserverAddress();

/**
 * The real driver. Without a server it runs on the TDS stand-in, with an SQLite file behind it: what that shows of SQL Server
 * itself is nothing.
 */
export const sqlserverRig: ConnectorRig = {
  product: 'Microsoft SQL Server',
  ...(address === null ? { standIn: 'the TDS stand-in' } : {}),
  types: { integer: 'int', bigint: 'bigint', text: 'nvarchar(max)', bytes: 'varbinary(max)' },
  refusedNames: [],
  // A server of 2022 or earlier has no built-in type that cannot be carried.
  unmapped:
    address === null
      ? {
          ddl: 'create table odd_types (id int, odd vector(3))',
          table: 'odd_types',
          query: 'select odd from odd_types',
        }
      : null,
  alterType: (table, column) => `alter table ${table} alter column ${column} decimal(20,0)`,
  series: (count) => `(select value as i from generate_series(1, ${count}) as g) as s`,
  repeat: (text, times) => `replicate(convert(nvarchar(max), N'${text}'), ${times})`,
  bytes: (count) => `convert(varbinary(max), replicate(convert(nvarchar(max), N'ab'), ${count}), 2)`,
  lock: () => null,
  endlessQuery: 'select value as n from generate_series(1, 2000000000) as g',
  failingQuery: 'select power(value, 4) as n from generate_series(1, 5000) as g',
  busyQuery: `select count_big(*) as n ${BUSY}`,
  start: () => (address === null ? startStandIn() : startOnServer(address)),
};

async function startStandIn(): Promise<ConnectorPlace> {
  const folder = new TempFolder();
  const { certFile, keyFile } = await makeCertificates(folder.path, 'loopback', null);
  const database = new BehindDatabase({ name: DATABASE, busy: BUSY });
  const peer = await startTdsPeer({
    accounts: [{ user: USER, password: PASSWORD }],
    database,
    tls: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
  });
  return {
    connection: { host: peer.host, port: peer.port, user: USER, database: DATABASE, tls: 'disable' },
    password: new SecretText(PASSWORD),
    namespace: 'dbo',
    sql: (text) => database.sql(text),
    openTransactions: async () => database.openTransactions,
    inside: { reads: database.reads, loseLast: () => peer.loseLast(), slow: database.slow },
    stop: async () => {
      await peer.close();
      database.stop();
      folder[Symbol.dispose]();
    },
  };
}

async function startOnServer({ host, port, user, password, tls }: SqlserverAddress): Promise<ConnectorPlace> {
  const database = await newSqlserverDatabase({ host, port, user, password, tls });
  return {
    connection: { host, port, user, database: database.name, tls },
    password: new SecretText(password),
    namespace: 'dbo',
    sql: async (text) => void (await database.owner.ask(text)),
    openTransactions: () => database.openTransactions(APPLICATION),
    stop: async () => {
      await database[Symbol.asyncDispose]();
    },
  };
}
