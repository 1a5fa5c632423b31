import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';

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
  /** The server's statistics name these very small tables exactly. */
  readonly estimatesExactly: boolean;
  start(password: string): Promise<JourneyPlace>;
}

const postgres: JourneyProduct = {
  connector: 'postgres',
  product: 'PostgreSQL',
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

/** The servers the journey is made on. */
export const JOURNEY_PRODUCTS: readonly JourneyProduct[] = [postgres, mysql];
