import { randomBytes } from 'node:crypto';
import { runProgram } from './run-program.ts';

/** Where a PostgreSQL server answers; plain data, so that it travels from the global setup to the test files. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  /** Folder of the Unix socket; there no password is asked. */
  readonly socketFolder: string;
  readonly user: string;
  /** null: the server trusts. */
  readonly password: string | null;
  /** null: the server speaks no TLS. */
  readonly caFile: string | null;
}

/** Runs SQL as the superuser through psql, stopping at the first error; rows come as lines, columns split by `|`. */
export async function postgresSql(server: PostgresAddress, sql: string, database = 'postgres'): Promise<string> {
  const args = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database, '-U', server.user];
  const output = await runProgram('psql', [...args, '-h', server.socketFolder, '-p', String(server.port)], {
    input: sql,
  });
  return output.trimEnd();
}

/** Makes an empty database of a new name and returns the name. */
export async function createPostgresDatabase(server: PostgresAddress): Promise<string> {
  const name = `waybill_${randomBytes(6).toString('hex')}`;
  await postgresSql(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  return name;
}

export async function dropPostgresDatabase(server: PostgresAddress, name: string): Promise<void> {
  await postgresSql(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
}
