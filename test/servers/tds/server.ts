// The stand-in: a peer that speaks TDS over a real socket. It was written from the protocol's specification ([MS-TDS],
// [MS-NLMP]) and has never met SQL Server: what it proves is how the driver and we behave, not how the product does.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { PeerConnection, type PeerOptions } from './connection.ts';

export type { Account, PeerOptions } from './connection.ts';

export interface TdsPeer {
  readonly host: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Cuts the wire of the connection that was opened last. */
  loseLast(): void;
  close(): Promise<void>;
}

export async function startTdsPeer(options: PeerOptions): Promise<TdsPeer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return new PeerConnection(socket, options);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    host: '127.0.0.1',
    port: address.port,
    get connections() {
      return sockets.size;
    },
    loseLast: () => [...sockets].at(-1)?.destroy(),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
