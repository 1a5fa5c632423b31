import type { Duplex } from 'node:stream';
import type { Channel, Client } from 'ssh2';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import type { Place, Tunnel, TunnelFacts } from '../ports/tunnel.ts';
import { cancelled, throwIfAborted } from '../ssh/cancelled.ts';
import { connectionLost } from '../ssh/login-errors.ts';
import { databaseUnreachable, forwardError } from './forward-error.ts';
import { TunnelStream } from './tunnel-stream.ts';
import { TUNNEL_WORDS } from './words.ts';

/** A database that does not answer the SSH server would be waited for by that for minutes. */
const DIAL_MS = 15_000;
/** What is still under way when a tunnel is closed, such as asking a server to stop, gets this long. */
const LAST_WORDS_MS = 400;
const GOODBYE_MS = 400;

export interface TunnelParts {
  readonly client: Client;
  readonly socket: Duplex;
  readonly facts: TunnelFacts;
  /** The server, `user@host:port`. */
  readonly name: string;
  /** The tunnel that leads to it and ends with it; null: it is reached straight. */
  readonly via: SshTunnel | null;
}

/** An SSH session that does nothing but open ways to databases. No port is opened on this machine. */
export class SshTunnel implements Tunnel {
  readonly facts: TunnelFacts;
  readonly #client: Client;
  readonly #socket: Duplex;
  readonly #name: string;
  readonly #via: SshTunnel | null;
  readonly #streams = new Set<TunnelStream>();
  /** Streams that are being opened, or are open. None of them rejects. */
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closed = Promise.withResolvers<void>();
  #cause: unknown = undefined;
  #failure: AppError | null = null;
  #isDisposed = false;

  constructor({ client, socket, facts, name, via }: TunnelParts) {
    this.facts = facts;
    this.#name = name;
    this.#via = via;
    this.#client = client;
    this.#socket = socket;
    client.on('error', (error) => {
      this.#cause = error;
    });
    // Before the library hears of it: its channels end then as if the database had hung up.
    socket.prependOnceListener('close', () => this.#end());
    if (socket.destroyed) this.#end();
  }

  get failure(): AppError | null {
    return this.#failure;
  }

  readonly dial = (to: Place, signal: AbortSignal): Promise<Duplex> => {
    const dialling = this.#dial(to, signal);
    this.#keep(dialling.catch(() => undefined));
    return dialling;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    if (!this.#socket.destroyed) await this.#leave();
    await this.#via?.[Symbol.asyncDispose]();
  }

  async #leave(): Promise<void> {
    await Promise.race([this.#quiet(), this.#closed.promise, pause(LAST_WORDS_MS)]);
    for (const stream of this.#streams) stream.destroy();
    this.#client.end();
    await Promise.race([this.#closed.promise, pause(GOODBYE_MS)]);
    this.#socket.destroy();
  }

  async #dial(to: Place, signal: AbortSignal): Promise<Duplex> {
    throwIfAborted(signal);
    if (this.#failure !== null) throw this.#failure;
    if (to.host.startsWith('/')) throw noSocket(this.#name);
    const stream = new TunnelStream(await this.#forward(to, signal));
    this.#streams.add(stream);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#keep(promise);
    stream.once('close', () => {
      this.#streams.delete(stream);
      resolve();
    });
    return stream;
  }

  #keep(work: Promise<unknown>): void {
    this.#underWay.add(work);
    void work.then(() => this.#underWay.delete(work));
  }

  /** Nothing is open, and nothing is being opened. */
  async #quiet(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #forward(to: Place, signal: AbortSignal): Promise<Channel> {
    const through = this.#name;
    const { promise, resolve, reject } = Promise.withResolvers<Channel>();
    let isWanted = true;
    const giveUp = (error: AppError): void => {
      isWanted = false;
      reject(error);
    };
    const abort = (): void => giveUp(cancelled());
    const late = setTimeout(() => giveUp(databaseUnreachable('it does not answer in time', { through, to })), DIAL_MS);
    signal.addEventListener('abort', abort, { once: true });
    void this.#closed.promise.then(() => giveUp(this.#failure ?? cancelled()));
    try {
      this.#ask(to, (error, channel) => {
        if (error !== undefined) reject(forwardError(error, { through, to }));
        else if (isWanted) resolve(channel);
        else channel.destroy();
      });
      return await promise;
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', abort);
    }
  }

  #ask(to: Place, done: (error: Error | undefined, channel: Channel) => void): void {
    try {
      // Where the connection comes from is for the server's log alone; it comes from inside this process.
      this.#client.forwardOut('127.0.0.1', 0, to.host, to.port, done);
    } catch (error) {
      // Half closed: the socket goes in a moment, and says so to whoever waits.
      this.#cause ??= error;
      this.#socket.destroy();
    }
  }

  /** The socket is gone: whoever reads or writes hears why, unless it was wanted. */
  #end(): void {
    if (!this.#isDisposed)
      this.#failure ??= this.#via?.failure ?? connectionLost(this.#name, TUNNEL_WORDS, this.#cause);
    for (const stream of this.#streams) stream.destroy(this.#failure ?? undefined);
    this.#closed.resolve();
  }
}

async function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms).unref();
  await promise;
}

function noSocket(through: string): AppError {
  return appError('TUNNEL/OPTION_INVALID', {
    message: `A Unix socket of the SSH server ${through} cannot be reached through the tunnel.`,
    remedy: 'Give the name or address of the database as the SSH server sees it, such as localhost.',
    context: { option: 'host' },
  });
}
