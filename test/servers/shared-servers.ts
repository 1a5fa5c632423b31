import { inject } from 'vitest';
import { createMariadbDatabase, dropMariadbDatabase, mariadbSql, type MariadbAddress } from './mariadb-client.ts';
import { createPostgresDatabase, dropPostgresDatabase, postgresSql, type PostgresAddress } from './postgres-client.ts';

/** A database of one test file on a server that all files share. */
export interface TestDatabase<Address> {
  readonly server: Address;
  readonly name: string;
  sql(text: string): Promise<string>;
  drop(): Promise<void>;
}

/** A new database on the run's PostgreSQL server (TLS, password over TCP). Drop it in `afterAll`. */
export async function newPostgresDatabase(): Promise<TestDatabase<PostgresAddress>> {
  const server = inject('postgres');
  const name = await createPostgresDatabase(server);
  return {
    server,
    name,
    sql: (text) => postgresSql(server, text, name),
    drop: () => dropPostgresDatabase(server, name),
  };
}

/** A new database on the run's MariaDB server (TLS, password over TCP). Drop it in `afterAll`. */
export async function newMariadbDatabase(): Promise<TestDatabase<MariadbAddress>> {
  const server = inject('mariadb');
  const name = await createMariadbDatabase(server);
  return { server, name, sql: (text) => mariadbSql(server, text, name), drop: () => dropMariadbDatabase(server, name) };
}
