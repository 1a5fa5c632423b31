import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Dial, Place } from '../../ports/tunnel.ts';

/** How a socket to a server is made when it is not made straight. */
export interface DialHow {
  readonly dial: Dial;
  readonly signal: AbortSignal;
}

/** A stream to the place in the dress of a socket: drivers set what only a wire has, and wait for it to connect. */
export async function dialSocket(place: Place, { dial, signal }: DialHow): Promise<Socket> {
  return dressed(await dial(place, signal));
}

function dressed(stream: Duplex): Socket {
  const nothing = (): Duplex => stream;
  const connect = (): Duplex => {
    // It is connected already; who asks for it listens only after having asked.
    setImmediate(() => stream.emit('connect'));
    return stream;
  };
  const dress = { setNoDelay: nothing, setKeepAlive: nothing, setTimeout: nothing, ref: nothing, unref: nothing };
  // What a driver calls beyond a stream is all in here.
  return Object.assign(stream, { ...dress, connect }) as unknown as Socket;
}
