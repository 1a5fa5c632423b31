// One PostgreSQL and one MariaDB for all test files of a run; each file makes databases of its own (shared-servers.ts).
import type { TestProject } from 'vitest/node';
import type { MariadbAddress } from './mariadb-client.ts';
import { startMariadb } from './mariadb.ts';
import type { PostgresAddress } from './postgres-client.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresAddress;
    mariadb: MariadbAddress;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const starting = [startPostgres({ auth: 'scram-sha-256', tls: 'on' }), startMariadb({ tls: 'on' })] as const;
  const stopAll = async () => {
    const started = await Promise.allSettled(starting);
    await Promise.all(started.flatMap((each) => (each.status === 'fulfilled' ? [each.value.stop()] : [])));
  };
  try {
    const [postgres, mariadb] = await Promise.all(starting);
    const { host, port, socketFolder, user, password, caFile } = postgres;
    project.provide('postgres', { host, port, socketFolder, user, password, caFile });
    const { socketPath } = mariadb;
    project.provide('mariadb', {
      ...{ host: mariadb.host, port: mariadb.port, user: mariadb.user, password: mariadb.password },
      ...{ socketPath, caFile: mariadb.caFile },
    });
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}
