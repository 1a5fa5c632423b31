import { randomBytes } from 'node:crypto';
import { runProgram } from './run-program.ts';

/** Where a MariaDB server answers; plain data, so that it travels from the global setup to the test files. */
export interface MariadbAddress {
  readonly host: string;
  readonly port: number;
  readonly socketPath: string;
  /** Has all rights, over TCP as well. */
  readonly user: string;
  readonly password: string;
  /** null: the server speaks no TLS. */
  readonly caFile: string | null;
}

/** Runs SQL with all rights through the client program; rows come as lines, columns split by tabs, as they are. */
export async function mariadbSql(server: MariadbAddress, sql: string, database = ''): Promise<string> {
  const args = ['--no-defaults', '--batch', '--raw', '--skip-column-names', '--default-character-set=utf8mb4'];
  const where = [
    `--socket=${server.socketPath}`,
    '--user=root',
    ...(database === '' ? [] : [`--database=${database}`]),
  ];
  const output = await runProgram('mariadb', [...args, ...where], { input: sql });
  return output.trimEnd();
}

/** Makes an empty utf8mb4 database of a new name and returns the name. */
export async function createMariadbDatabase(server: MariadbAddress): Promise<string> {
  const name = `waybill_${randomBytes(6).toString('hex')}`;
  await mariadbSql(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return name;
}

export async function dropMariadbDatabase(server: MariadbAddress, name: string): Promise<void> {
  await mariadbSql(server, `DROP DATABASE IF EXISTS \`${name}\``);
}
