/**
 * Asks the server to cancel what a backend runs, over a socket of its own and with the TLS mode of the session.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Dial } from '../../ports/tunnel.ts';
import { dialSocket } from '../kit/dialled-socket.ts';
import { ignoring } from '../kit/ignoring.ts';

export interface Backend {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions | null;
  readonly processId: number;
  readonly secret: number;
  /** Absent: straight. */
  readonly dial?: Dial | undefined;
}

const CANCEL_CODE = 80_877_102;
const SSL_CODE = 80_877_103;
const GIVE_UP_MS = 5000;

/** Settles when the request was handed over or has failed: nobody can know more, the protocol has no answer to it. */
export async function requestCancel(backend: Backend): Promise<void> {
  const { host, port, dial } = backend;
  if (dial === undefined) {
    return handOver(host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host), backend);
  }
  const dialling = dialSocket({ host, port }, { dial, signal: AbortSignal.timeout(GIVE_UP_MS) });
  return ignoring(
    dialling.then((socket) => handOver(socket.connect({ host, port }), backend)),
    'nobody can know more than that we asked',
  );
}

function handOver(socket: Socket, backend: Backend): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { host } = backend;
  const giveUp = setTimeout(() => socket.destroy(), GIVE_UP_MS);
  const done = (): void => {
    clearTimeout(giveUp);
    resolve();
  };
  socket.on('close', done);
  socket.on('error', done);
  socket.once('connect', () => {
    if (backend.tls === null) return send(socket, backend);
    socket.write(message([SSL_CODE]));
    socket.once('data', (answer: Buffer) => {
      if (answer[0] !== 0x53) return socket.destroy();
      const name = isIP(host) === 0 ? { servername: host } : {};
      const secure = connectTls({ ...backend.tls, ...name, host, socket }, () => send(secure, backend));
      secure.on('error', () => socket.destroy());
      return undefined;
    });
  });
  return promise;
}

function send(socket: Socket, { processId, secret }: Backend): void {
  socket.end(message([CANCEL_CODE, processId, secret]));
  socket.resume();
}

function message(words: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 + 4 * words.length);
  buffer.writeInt32BE(buffer.length, 0);
  words.forEach((word, i) => buffer.writeInt32BE(word, 4 + 4 * i));
  return buffer;
}
