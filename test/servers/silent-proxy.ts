import { once } from 'node:events';
import net from 'node:net';

export interface SilentProxy {
  readonly port: number;
  /** From now on nothing passes, in either direction, and connections get no answer: the wire is dead, nobody says so. */
  goSilent(): void;
  /** Resets every connection there is: the wire is cut once. */
  reset(): void;
  /** Resets every connection and takes no other: the wire is cut, and both ends hear of it. */
  cut(): void;
  /** Resolves once somebody has connected since. */
  met(): Promise<void>;
  close(): void;
}

/** A TCP proxy on 127.0.0.1 that can go silent. */
export async function startProxy(target: { readonly host: string; readonly port: number }): Promise<SilentProxy> {
  const sockets: net.Socket[] = [];
  let silent = false;
  let meet = Promise.withResolvers<void>();
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    sockets.push(client);
    meet.resolve();
    client.on('error', () => client.destroy());
    if (silent) return void client.pause();
    const upstream = net.connect(target.port, target.host);
    sockets.push(upstream);
    upstream.on('error', () => client.destroy());
    client.pipe(upstream);
    upstream.pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const reset = (): void => {
    for (const socket of sockets.splice(0)) socket.resetAndDestroy();
  };
  return {
    port: address.port,
    goSilent: () => {
      silent = true;
      meet = Promise.withResolvers<void>();
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    reset,
    cut: () => {
      server.close();
      reset();
    },
    met: () => meet.promise,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
