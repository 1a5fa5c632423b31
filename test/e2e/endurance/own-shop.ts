import { createMariadbDatabase } from '../../servers/mariadb-client.ts';
import { startMariadb } from '../../servers/mariadb.ts';
import { createPostgresDatabase } from '../../servers/postgres-client.ts';
import { startPostgres } from '../../servers/postgres.ts';
import type { ServerFaults } from '../../servers/keep-server.ts';
import { FILLED, type Product, type Shop } from './shop.ts';

/** A shop on a server of its own, which may be frozen and taken down. */
export interface OwnShop extends Shop {
  readonly faults: ServerFaults;
  /** Sessions of Waybill that the server knows. */
  sessions(): Promise<number>;
  stop(): Promise<void>;
}

export async function startShop(product: Product): Promise<OwnShop> {
  if (product === 'postgres') {
    const server = await startPostgres({ auth: 'scram-sha-256' });
    const name = await createPostgresDatabase(server);
    await server.sql(FILLED.postgres, name);
    const count = "select count(*) from pg_stat_activity where application_name like 'waybill%'";
    const sessions = async () => Number(await server.sql(count));
    return { product, server, name, faults: server.faults, sessions, stop: () => server.stop() };
  }
  const server = await startMariadb();
  const name = await createMariadbDatabase(server);
  await server.sql(FILLED.mysql, name);
  const count = `select count(*) from information_schema.processlist where user = '${server.user}'`;
  const sessions = async () => Number(await server.sql(count));
  return { product, server, name, faults: server.faults, sessions, stop: () => server.stop() };
}
