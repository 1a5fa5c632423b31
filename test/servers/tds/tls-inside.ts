// TLS whose handshake travels in prelogin packets, and which is bare afterwards. [MS-TDS] 3.2.5.2, 3.3.5.2.
import { Duplex } from 'node:stream';
import { TLSSocket, type SecureContextOptions } from 'node:tls';
import type { Socket } from 'node:net';
import { MessageReader, MessageWriter, PACKET } from './packets.ts';

export interface Secured {
  readonly stream: TLSSocket;
  /** What the socket receives from now on. */
  push(piece: Buffer): void;
}

/** Wraps the socket; whoever reads from it hands on what arrives. */
export function tlsInside(socket: Socket, options: SecureContextOptions): Secured {
  const reader = new MessageReader();
  const writer = new MessageWriter(socket, PACKET.prelogin);
  let isBare = false;
  let flight: Buffer[] = [];
  // A flight of the server is one message, however often the library writes.
  const flush = (): void => {
    if (flight.length === 0) return;
    writer.end(...flight);
    flight = [];
  };
  const inner = new Duplex({
    read: () => undefined,
    write: (piece: Buffer, _encoding, callback) => {
      if (isBare) return void socket.write(piece, callback);
      if (flight.length === 0) setImmediate(flush);
      flight.push(piece);
      callback();
    },
    final: (callback) => {
      socket.end();
      callback();
    },
  });
  // Inside the protocol the client speaks no later version.
  const stream = new TLSSocket(inner, { isServer: true, maxVersion: 'TLSv1.2', ...options });
  // The library says so before it has written the last flight.
  stream.on('secure', () =>
    setImmediate(() => {
      flush();
      isBare = true;
    }),
  );
  return {
    stream,
    push: (piece) => {
      const wrapped = reader.rest.length > 0 || piece[0] === PACKET.prelogin;
      if (!wrapped) return void inner.push(piece);
      for (const { data } of reader.push(piece)) inner.push(data);
    },
  };
}
