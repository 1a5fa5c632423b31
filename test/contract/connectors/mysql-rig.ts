import { createConnection } from 'mysql2/promise';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { newMariadbDatabase } from '../../servers/shared-servers.ts';
import type { ConnectorPlace, ConnectorRig } from './rig.ts';

export const mysqlRig: ConnectorRig = {
  product: 'MariaDB',
  types: { integer: 'int', bigint: 'bigint', text: 'longtext', bytes: 'longblob' },
  // Names hold characters of the basic plane only and do not end in white space. https://mariadb.com/kb/en/identifier-names/
  refusedNames: ['🐘', '\n'],
  // Every type of this version can be carried, spatial ones as bytes.
  unmapped: null,
  alterType: (table, column) => `alter table ${table} modify ${column} decimal(20, 0)`,
  series: (count) => `(select seq as i from seq_1_to_${count}) as s`,
  repeat: (text, times) => `repeat('${text}', ${times})`,
  bytes: (count) => `unhex(repeat('ab', ${count}))`,
  lock: (table) => ({ take: `lock tables ${table} write`, release: 'unlock tables' }),
  endlessQuery: 'select seq as n from seq_1_to_2000000000',
  failingQuery: 'select exp(seq) as n from seq_1_to_5000',
  busyQuery: 'select count(*) as n from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq + b.seq < 0',
  start: startPlace,
};

async function startPlace(): Promise<ConnectorPlace> {
  const database = await newMariadbDatabase();
  const { host, port, user, password, socketPath } = database.server;
  const owner = await createConnection({
    ...{ socketPath, user: 'root', database: database.name, multipleStatements: true },
  });
  await owner.query('set session lock_wait_timeout = 1, innodb_lock_wait_timeout = 1');
  const open = `select count(*) from information_schema.processlist p
    left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
    where p.user = '${user}' and p.db = '${database.name}' and (t.trx_id is not null or p.command <> 'Sleep')`;
  return {
    connection: { host, port, user, database: database.name, tls: 'disable' },
    password: new SecretText(password),
    namespace: database.name,
    sql: async (text) => void (await owner.query(text)),
    openTransactions: async () => Number(await database.sql(open)),
    stop: async () => {
      await owner.end();
      await database.drop();
    },
  };
}
