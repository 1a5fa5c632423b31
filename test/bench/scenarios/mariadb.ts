import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMariadb, type MariadbServer } from '../../servers/mariadb.ts';
import type { Contender, Scenario } from './scenario.ts';
import { WaybillBench } from './waybill-contender.ts';

const TABLE = 'shop_orders';

/** MariaDB to CSV, beside its client's tab-separated batch output. */
export async function mariadbScenario(folder: string): Promise<Scenario> {
  const server = await startMariadb({ args: ['--innodb-buffer-pool-size=2G'] });
  await server.sql('create database bench');
  const waybill = new WaybillBench(folder);
  const login = ['--host', server.host, '--port', String(server.port), '--user', server.user, '--database', 'bench'];
  waybill.connect(['--connector', 'mysql', ...login], server.password);
  return {
    title: `MariaDB ${(await server.sql('select version()')).trim()} → CSV, 13 columns`,
    fill: async (rows) => {
      await server.sql(tableSql(rows), 'bench');
    },
    contenders: [
      batch(join(folder, 'mariadb.tsv'), server),
      waybill.contender('waybill, plain', { table: `bench.${TABLE}`, masks: null }),
      ...besideMydumper(folder, server, waybill),
    ],
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

function batch(out: string, { host, port, user, password }: MariadbServer): Contender {
  const login = ['-h', host, '-P', String(port), '-u', user];
  const select = `select * from ${TABLE}`;
  return {
    name: 'mariadb --batch --quick',
    shown: '`mariadb --batch --quick -e "select * from …" > …`, tab-separated',
    version: execFileSync('mariadb', ['--version'], { encoding: 'utf8' }).trim(),
    out,
    command: () => ({
      command: 'sh',
      env: { MYSQL_PWD: password },
      args: [
        ...['-c', 'out=$1; shift; exec mariadb "$@" > "$out"', 'sh', out],
        ...['--no-defaults', ...login, '--default-character-set=utf8mb4', '--batch', '--quick', '-e', select, 'bench'],
      ],
    }),
    rows: () => readFileSync(out, 'utf8').split('\n').slice(1, -1).map(rowOf),
  };
}

const MYDUMPER = 'mydumper, two threads';

/** What two readers write is put beside two threads of mydumper, where that is installed. */
function besideMydumper(folder: string, server: MariadbServer, waybill: WaybillBench): readonly Contender[] {
  const readers = { table: `bench.${TABLE}`, readers: 2 };
  const version = versionOf('mydumper');
  if (version === null) {
    process.stdout.write('mydumper is not installed (apt-get install mydumper): nothing is put beside two readers.\n');
    return [waybill.contender('waybill, two readers', readers)];
  }
  return [
    mydumper(join(folder, 'mydumper'), server, version),
    waybill.contender('waybill, two readers', { ...readers, beside: MYDUMPER }),
  ];
}

function versionOf(program: string): string | null {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

function mydumper(out: string, { host, port, user, password }: MariadbServer, version: string): Contender {
  const login = ['--host', host, '--port', String(port), '--user', user];
  const what = ['--database', 'bench', '--threads', '2', '--rows', '500000'];
  return {
    name: MYDUMPER,
    shown: '`mydumper --threads 2 --rows 500000`, SQL inserts (this version writes no CSV)',
    version,
    beside: MYDUMPER,
    out,
    command: () => ({
      command: 'mydumper',
      env: { MYSQL_PWD: password },
      args: [...login, '--password', password, ...what, '--no-schemas', '--outputdir', out],
    }),
    rows: () => insertedRows(out),
  };
}

/** The rows of its INSERT statements, spelled as the others spell them. */
function insertedRows(folder: string): string[][] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql') && !name.includes('schema'));
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  return [...text.matchAll(/^[ ,]*(?:INSERT INTO [^(]*VALUES)?\s*,?\((.*)\)[,;]?$/gm)].map(([, row]) =>
    insertedRow(row ?? ''),
  );
}

const VALUE = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|NULL|[^,]+/g;

function insertedRow(text: string): string[] {
  return [...text.matchAll(VALUE)].map(([whole, double, single]) => {
    if (whole === 'NULL') return '';
    const cell = (double ?? single ?? whole).replace(/\\(.)/g, (_, name: string) => ESCAPES[name] ?? name);
    return cell.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, '$1T$2');
  });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' };

function rowOf(line: string): string[] {
  return line.split('\t').map((cell) => {
    if (cell === 'NULL') return '';
    const text = cell.replace(/\\([nt0\\])/g, (_, name: string) => ESCAPES[name] ?? name);
    return text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, '$1T$2');
  });
}

function tableSql(rows: number): string {
  return `
    drop table if exists ${TABLE};
    create table ${TABLE} (
      id bigint primary key, external_id char(36) not null, email varchar(120) not null, full_name varchar(100) not null,
      phone varchar(40), created_at datetime not null, birth_date date, amount decimal(12,2) not null, active tinyint not null,
      notes text, store_id int, quantity int, attributes text not null) character set utf8mb4 engine innodb;
    insert into ${TABLE}
    select i, insert(insert(insert(insert(md5(i), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'),
      concat('person', h, '.north@mail', h % 17, '.example.net'),
      elt(1 + h % 4, 'Björn Bäcker', 'Elif Güneş', 'Grace D''Arcy', 'Haruto Ibáñez'),
      if(h % 20 = 0, null, concat('+', 30 + h % 60, ' ', lpad(i * 7919 % 10000000, 7, '0'))),
      timestamp'2019-01-01 00:00:00' + interval (i * 37 % 190000000) second,
      if(h % 33 = 0, null, date'1941-05-01' + interval (h % 23000) day),
      (h * 31 + i) % 9999999 / 100, h % 5 <> 0,
      elt(1 + h % 5, null, 'Asked for an invoice to the "head office" address', 'first line of the remark\nsecond line',
        '配送先が変更されました。ご確認をお願いします', 'No remarks were given by this customer at the time of order'),
      if(h % 6 = 0, null, h % 400), if(h % 11 = 0, null, 1 + h % 30),
      concat('{"tier":"gold","score":', h % 100, ',"channel":"web"}')
    from (select seq as i, (seq * 2654435761) & 1048575 as h from seq_1_to_${rows}) as s;
    analyze table ${TABLE};`;
}
