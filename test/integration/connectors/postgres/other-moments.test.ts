import { createServer, connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BINARY_WIRE } from '../../../../src-main/connectors/postgres/binary-wire.ts';
import { newPostgresDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../../servers/postgres-client.ts';
import { openPostgres, rowsOf, signal, tableRead } from './rig.ts';

let database: TestDatabase<PostgresAddress>;
beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(`create table moments (at timestamptz); insert into moments values ('2024-02-29 12:00:00.5+00')`);
});
afterAll(() => database.drop());

/** Between a reader and the server: says in the server's name that its moments are not whole numbers. */
async function startLiar(): Promise<{ readonly port: number; readonly close: () => void }> {
  const told = Buffer.from('integer_datetimes\0on\0');
  const proxy = createServer((client) => {
    const server = connect(database.server.port, database.server.host);
    client.pipe(server);
    server.on('data', (bytes: Buffer) => {
      const at = bytes.indexOf(told);
      if (at >= 0) bytes.write('no', at + told.length - 3);
      client.write(bytes);
    });
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo; // Of a server that listens on a port.
  return { port, close: () => proxy.close() };
}

describe('a server whose moments in binary form are not whole microseconds', () => {
  it('is read as cells, with the same values', async () => {
    const liar = await startLiar();
    try {
      for (const [port, isBlock] of [
        [database.server.port, true],
        [liar.port, false],
      ] as const) {
        await using session = await openPostgres({ ...database.server, port }, database.name);
        const read = await tableRead(session, { namespace: 'public', name: 'moments' });
        await using snapshot = await session.snapshot([read], signal);
        for await (const batch of snapshot.read(read, { signal, wire: BINARY_WIRE })) {
          expect([port, batch.cells === 0]).toEqual([port, isBlock]);
          batch.release();
        }
        expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toEqual([['2024-02-29T12:00:00.5Z']]);
      }
    } finally {
      liar.close();
    }
  });
});
