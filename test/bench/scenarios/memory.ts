import { startPostgres } from '../../servers/postgres.ts';
import { datasetSql, TABLE } from '../dataset.ts';
import type { Contender, Scenario } from './scenario.ts';
import { WaybillBench } from './waybill-contender.ts';

/** All rows of the table so many times: what a run holds does not depend on where its rows lie. */
const COPIES = 50;
/** The table has this part of the rows that the bench is made for. */
const SHARE = 5;
const CELL_BYTES = 1_000_000_000;
const CELL_TEXT = 'A cell of a billion bytes, said '.padEnd(40, 'again. ');

/** What runs hold in memory that are much longer, or have a much longer cell, than the others. */
export async function memoryScenario(folder: string): Promise<Scenario> {
  const server = await startPostgres({ settings: { shared_buffers: '1GB', max_wal_size: '8GB' } });
  const login = ['--host', server.host, '--port', String(server.port), '--user', server.user, '--database', 'postgres'];
  const waybill = new WaybillBench(folder);
  waybill.connect(['--connector', 'postgres', ...login]);
  const times = COPIES / SHARE;
  return {
    title: `Memory: PostgreSQL ${(await server.sql('show server_version')).trim()} → CSV`,
    rounds: 1,
    fill: async (rows) => {
      await server.sql(`drop table if exists ${TABLE}, large cascade; ${datasetSql(Math.ceil(rows / SHARE))}`);
      await server.sql(`
        create view whole as select t.* from generate_series(1, ${COPIES}) cross join ${TABLE} t;
        create view one_half as select t.* from generate_series(1, ${COPIES / 2}) cross join ${TABLE} t;
        create view other_half as table one_half;
        create table large (id int primary key, body text);
        alter table large alter body set storage external;
        insert into large values (1, repeat('${CELL_TEXT}', ${CELL_BYTES / CELL_TEXT.length}));`);
    },
    contenders: [
      { ...waybill.contender('waybill, ten times the rows', { tables: ['public.whole'] }), times },
      {
        ...waybill.contender('waybill, ten times the rows, two readers', {
          tables: ['public.one_half', 'public.other_half'],
          connections: 2,
        }),
        times,
      },
      { ...waybill.contender('waybill, one cell of 1 GB', { tables: ['public.large'], cellBytes: '1GiB' }), times: 0 },
    ].map(withoutRows),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Only counted, by the runs themselves, and not beside each other. */
function withoutRows(contender: Contender): Contender {
  const { rows: _rows, ...rest } = contender;
  return { ...rest, beside: rest.name };
}
