import { readFileSync } from 'node:fs';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { makeCertificates } from '../../servers/certificates.ts';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { BehindDatabase } from '../../servers/tds/behind/database.ts';
import { startTdsPeer } from '../../servers/tds/server.ts';

/** A database with two tables for the journey, and a login that may read them. */
export interface JourneyPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Of the tables `customers` (1,000 rows) and `orders` (3,000 rows). */
  readonly namespace: string;
  readonly caFile: string;
  drop(): Promise<void>;
}

export interface JourneyProduct {
  readonly connector: string;
  readonly product: string;
  /** What the journey is made on, for titles. */
  readonly server: string;
  /** The server's statistics name these very small tables exactly. */
  readonly estimatesExactly: boolean;
  start(password: string): Promise<JourneyPlace>;
}

const postgres: JourneyProduct = {
  connector: 'postgres',
  product: 'PostgreSQL',
  server: 'PostgreSQL',
  estimatesExactly: true,
  async start(password) {
    const database = await newPostgresDatabase();
    const { server, name } = database;
    const user = `${name}_ro`;
    await database.sql(`
      create role ${user} login password '${password}';
      create table customers (id bigint primary key, email text not null, full_name text not null, phone text);
      insert into customers select n, 'user' || n || '@example.net', 'Person ' || n, '+49 30 ' || (100000 + n)
        from generate_series(1, 1000) n;
      create table orders (id bigint primary key, customer_email text, total numeric(10, 2));
      insert into orders select n, 'user' || (n % 1000 + 1) || '@example.net', n / 100.0 from generate_series(1, 3000) n;
      grant select on all tables in schema public to ${user};
      analyze;`);
    return {
      ...{ host: server.host, port: server.port, user, database: name, namespace: 'public' },
      caFile: server.caFile ?? '',
      drop: async () => {
        await database.sql(`drop owned by ${user}; drop role ${user};`);
        await database.drop();
      },
    };
  },
};

const mysql: JourneyProduct = {
  connector: 'mysql',
  product: 'MariaDB',
  server: 'MariaDB',
  estimatesExactly: false,
  async start(password) {
    const database = await newMariadbDatabase();
    const { server, name } = database;
    const user = `${name}_ro`;
    // LOCK TABLES is what a login needs so that its rows can be proven complete.
    await database.sql(`
      create user '${user}'@'%' identified by '${password}';
      create table customers (id bigint primary key, email varchar(200) not null, full_name varchar(200) not null,
        phone varchar(40)) engine = InnoDB;
      insert into customers select seq, concat('user', seq, '@example.net'), concat('Person ', seq),
        concat('+49 30 ', 100000 + seq) from seq_1_to_1000;
      create table orders (id bigint primary key, customer_email varchar(200), total decimal(10, 2)) engine = InnoDB;
      insert into orders select seq, concat('user', seq % 1000 + 1, '@example.net'), seq / 100 from seq_1_to_3000;
      grant select, lock tables on ${name}.* to '${user}'@'%';
      analyze table customers, orders;`);
    return {
      ...{ host: server.host, port: server.port, user, database: name, namespace: name },
      caFile: server.caFile ?? '',
      drop: async () => {
        await database.sql(`drop user '${user}'@'%'`);
        await database.drop();
      },
    };
  },
};

/** The real driver on the TDS stand-in: no server of the product is there. */
const sqlserver: JourneyProduct = {
  connector: 'sqlserver',
  product: 'Microsoft SQL Server',
  server: 'SQL Server on the TDS stand-in',
  estimatesExactly: true,
  async start(password) {
    const folder = new TempFolder();
    const { certFile, keyFile, caFile } = await makeCertificates(folder.path, 'loopback', null);
    const database = new BehindDatabase({ name: 'shop', busy: 'no statement is busy' });
    for (const sql of [
      `create table customers (id bigint not null primary key, email nvarchar(max) not null, full_name nvarchar(max) not null,
        phone nvarchar(max))`,
      `insert into customers select value, concat('user', value, '@example.net'), concat('Person ', value),
        concat('+49 30 ', 100000 + value) from generate_series(1, 1000) as g`,
      'create table orders (id bigint not null primary key, customer_email nvarchar(max), total int)',
      `insert into orders select value, concat('user', value % 1000 + 1, '@example.net'), value
        from generate_series(1, 3000) as g`,
    ]) {
      await database.sql(sql);
    }
    const peer = await startTdsPeer({
      accounts: [{ user: 'shop_ro', password }],
      database,
      tls: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
    });
    return {
      ...{ host: peer.host, port: peer.port, user: 'shop_ro', database: 'shop', namespace: 'dbo', caFile },
      drop: async () => {
        await peer.close();
        database.stop();
        folder[Symbol.dispose]();
      },
    };
  },
};

/** The servers the journey is made on. */
export const JOURNEY_PRODUCTS: readonly JourneyProduct[] = [postgres, mysql, sqlserver];
