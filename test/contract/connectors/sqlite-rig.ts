import { TempFolder } from '../../fakes/temp-folder.ts';
import type { ConnectorPlace, ConnectorRig } from './rig.ts';
import { SqliteOwner } from './sqlite-owner.ts';

export const sqliteRig: ConnectorRig = {
  product: 'SQLite',
  types: { integer: 'INTEGER', bigint: 'BIGINT', text: 'TEXT', bytes: 'BLOB' },
  refusedNames: [],
  // A query's column has a declared type or none, and none is text: only the catalog can say that one is unknown.
  unmapped: { ddl: 'create virtual table odd_types using fts5 (odd)', table: 'odd_types', query: null },
  // A declaration cannot be altered in place.
  alterType: (table, column) =>
    `alter table ${table} drop column ${column}; alter table ${table} add column ${column} NUMERIC`,
  series: (count) =>
    `(with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count}) select i from n) as s`,
  repeat: (text, times) => `replace(hex(zeroblob(${times})), '00', '${text}')`,
  bytes: (count) => `unhex(replace(hex(zeroblob(${count})), '00', 'ab'))`,
  lock: () => null,
  endlessQuery: 'with recursive n (i) as (select 1 union all select i + 1 from n) select i as n from n',
  failingQuery:
    'with recursive s (i) as (select 1 union all select i + 1 from s where i < 5000) select abs(-9223372036854773308 - i) as n from s',
  busyQuery:
    'with recursive n (i) as (select 1 union all select i + 1 from n limit 100000000000) select count(*) as n from n',
  start: startPlace,
};

/** A database with a WAL, kept open by a process of its own: it has a writer, and its readers can be asked after. */
async function startPlace(): Promise<ConnectorPlace> {
  const folder = new TempFolder();
  const file = folder.join('contract.db');
  const owner = new SqliteOwner(file);
  const mark = 'insert into mark values (1)';
  await owner.run(`pragma journal_mode = wal; create table mark (n INTEGER); ${mark}`);
  return {
    connection: { file },
    password: null,
    namespace: 'main',
    sql: async (text) => void (await owner.run(text)),
    openTransactions: async () => {
      // A WAL with something in it cannot be emptied while anybody reads. The mark after it brings the WAL back.
      await owner.run(mark);
      const busy = await owner.ask('pragma wal_checkpoint(truncate)');
      await owner.run(mark);
      return busy;
    },
    stop: async () => {
      await owner.stop();
      folder[Symbol.dispose]();
    },
  };
}
