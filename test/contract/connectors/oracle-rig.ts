import { readFileSync } from 'node:fs';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { BehindDatabase } from '../../fakes/oracle/behind-database.ts';
import { startOracleStandIn } from '../../fakes/oracle/stand-in.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { makeCertificates } from '../../servers/certificates.ts';
import { newOracleOwner, oracleAddress, type OracleAddress } from '../../servers/oracle-client.ts';
import type { ConnectorPlace, ConnectorRig } from './rig.ts';

const MILLION = '(select level as i from dual connect by level <= 1000000)';
const BUSY = `from ${MILLION} a, ${MILLION} b where a.i + b.i < 0`;
const USER = 'waybill';
const PASSWORD = 'Str0ng enough';
const SERVICE = 'shop';

const address = oracleAddress();

/**
 * Without a server a double of oracledb's connections, with an SQLite file behind it: what that shows of Oracle itself is
 * nothing. Connections that do not come about are the real driver's all the same.
 */
export const oracleRig: ConnectorRig = {
  product: 'Oracle Database',
  ...(address === null ? { standIn: 'a double of oracledb' } : {}),
  types: { integer: 'number(9)', bigint: 'number(19)', text: 'varchar2(4000)', longText: 'clob', bytes: 'blob' },
  bigints: { kind: 'decimal', precision: 19, scale: 0 },
  emptyIsNull: true,
  databaseOption: 'service',
  refusedNames: ['a"b', 'se"l\'ect'],
  unmapped: {
    ddl: 'create table odd_types (id number(9), odd bfile)',
    table: 'odd_types',
    query: 'select odd from odd_types',
  },
  alterType: (table, column) => `alter table ${table} modify (${column} number(20))`,
  series: (count) => `(select level as i from dual connect by level <= ${count}) s`,
  repeat: (text, times) => `waybill_repeat('${text}', ${times})`,
  bytes: (count) => `waybill_bytes(${count})`,
  lock: () => null,
  endlessQuery: 'select level as n from dual connect by level <= 2000000000',
  failingQuery: 'select ln(2500 - i) as n from (select level as i from dual connect by level <= 5000)',
  busyQuery: `select count(*) as n ${BUSY}`,
  start: () => (address === null ? startStandIn() : startOnServer(address)),
};

async function startStandIn(): Promise<ConnectorPlace> {
  const folder = new TempFolder();
  const { certFile, keyFile } = await makeCertificates(folder.path, 'loopback', null);
  const database = new BehindDatabase({ busy: BUSY });
  const standIn = await startOracleStandIn({
    ...{ user: USER, password: PASSWORD, service: SERVICE },
    certificate: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
    open: (user) => database.open(user),
  });
  return {
    connection: { host: '127.0.0.1', port: standIn.port, user: USER, service: SERVICE, tls: 'disable' },
    password: new SecretText(PASSWORD),
    ...{ namespace: 'WAYBILL', upperCases: true },
    sql: async (text) => database.sql(text),
    openTransactions: async () => database.openTransactions + standIn.connections.filter(({ isBusy }) => isBusy).length,
    inside: { reads: database.reads, loseLast: () => standIn.connections.at(-1)?.lose() },
    stop: async () => {
      await standIn[Symbol.asyncDispose]();
      database.stop();
      folder[Symbol.dispose]();
    },
  };
}

async function startOnServer({ host, port, user, password, service }: OracleAddress): Promise<ConnectorPlace> {
  const owner = await newOracleOwner({ host, port, user, password, service });
  return {
    connection: { host, port, user, service, tls: 'disable' },
    password: new SecretText(password),
    ...{ namespace: user.toUpperCase(), upperCases: true },
    sql: (text) => owner.sql(text),
    openTransactions: () => owner.openTransactions(),
    stop: () => owner.stop(),
  };
}
