import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { csvRows } from './csv-rows.ts';
import type { Contender, Scenario } from './scenario.ts';
import { WaybillBench } from './waybill-contender.ts';

const TABLE = 'shop_orders';

/** SQLite to CSV, beside `sqlite3 -csv`. */
export async function sqliteScenario(folder: string): Promise<Scenario> {
  const file = join(folder, 'bench.db');
  fill(file, 1);
  const waybill = new WaybillBench(folder);
  waybill.connect(['--connector', 'sqlite', '--file', file]);
  return {
    title: `SQLite ${process.versions['sqlite'] ?? ''} → CSV, 13 columns`,
    fill: (rows) => Promise.resolve(fill(file, rows)),
    contenders: [
      sqlite3(file, join(folder, 'sqlite3.csv')),
      waybill.contender('waybill, plain', { table: `main.${TABLE}`, masks: null }),
      waybill.contender('waybill, two readers', { table: `main.${TABLE}`, readers: 2 }),
    ],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function sqlite3(file: string, out: string): Contender {
  return {
    name: 'sqlite3 -csv',
    shown: '`sqlite3 -csv -header FILE "select * from …" > …`, CSV',
    version: `sqlite3 ${execFileSync('sqlite3', ['--version'], { encoding: 'utf8' }).split(' ')[0] ?? ''}`,
    out,
    command: () => ({
      command: 'sh',
      args: ['-c', 'exec sqlite3 -readonly -csv -header "$1" "select * from $2" > "$3"', 'sh', file, TABLE, out],
    }),
    rows: () => csvRows(readFileSync(out, 'utf8')),
  };
}

/** The rows of the PostgreSQL table, as near as SQLite's types come to them. */
function fill(file: string, rows: number): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
  const db = new DatabaseSync(file);
  db.exec(`
    create table ${TABLE} (
      id integer primary key, external_id text not null, email text not null, full_name text not null, phone text,
      created_at text not null, birth_date text, amount text not null, active integer not null, notes text,
      store_id integer, quantity integer, attributes text not null);
    insert into ${TABLE}
    select i,
      printf('%08x-%04x-%04x-%04x-%012x', h, h & 65535, i & 65535, (h >> 3) & 65535, i),
      'person' || h || '.north@mail' || (h % 17) || '.example.net',
      case h % 4 when 0 then 'Björn Bäcker' when 1 then 'Elif Güneş' when 2 then 'Grace D''Arcy' else 'Haruto Ibáñez' end,
      case when h % 20 = 0 then null else '+' || (30 + h % 60) || ' ' || printf('%07d', i * 7919 % 10000000) end,
      strftime('%Y-%m-%dT%H:%M:%SZ', 1546300800 + i * 37 % 190000000, 'unixepoch'),
      case when h % 33 = 0 then null else date(-905000000 + (h % 23000) * 86400, 'unixepoch') end,
      printf('%d.%02d', h % 99999, h % 100), h % 5 <> 0,
      case h % 5 when 0 then null when 1 then 'Asked for an invoice to the "head office" address'
        when 2 then 'first line of the remark' || char(10) || 'second line' when 3 then '配送先が変更されました。ご確認をお願いします'
        else 'No remarks were given by this customer at the time of order' end,
      case when h % 6 = 0 then null else h % 400 end, case when h % 11 = 0 then null else 1 + h % 30 end,
      '{"tier":"gold","score":' || (h % 100) || ',"channel":"web"}'
    from (with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
      select i, (i * 2654435761) & 1048575 as h from n);`);
  db.close();
}
