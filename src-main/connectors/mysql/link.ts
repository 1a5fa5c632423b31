/** One connection to the server, with cancellation that does not depend on the socket being alive. */
import { TLSSocket } from 'node:tls';
import type { BatchSchema, RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import { abortable } from '../kit/abort.ts';
import { withDeadline } from '../kit/deadline.ts';
import { ignoring } from '../kit/ignoring.ts';
import { translateError } from './errors.ts';
import { Exchange } from './exchange.ts';
import { logIn, type Login, type LoginAddress } from './login.ts';
import type { WireColumn } from './result-head.ts';
import { TextRows, textSchema, type TextRow } from './text-rows.ts';

const CANCEL_MS = 4000;
/** A dead wire must not hold up who closes after a cancellation; a request under way goes on by itself. */
const CANCEL_AT_CLOSE_MS = 300;
const DRAIN_MS = 3000;
const GOODBYE_MS = 1000;
const COM_QUIT = Uint8Array.of(1, 0, 0, 0, 1);

export interface BatchesHow {
  readonly signal: AbortSignal;
  /** Keep rows unsplit; a row longer than a block comes as fragments with cells even then. */
  readonly wire: boolean;
}

export interface TextResult {
  readonly columns: readonly WireColumn[];
  readonly rows: readonly TextRow[];
}

export class Link {
  readonly #address: LoginAddress;
  readonly #password: SecretText | null;
  readonly #login: Login;
  readonly #cancels = new Set<Promise<void>>();
  #id = '';
  #dead = false;

  private constructor(address: LoginAddress, password: SecretText | null, login: Login) {
    this.#address = address;
    this.#password = password;
    this.#login = login;
    login.socket.on('close', () => {
      this.#dead = true;
    });
  }

  static async open(address: LoginAddress, password: SecretText | null, signal: AbortSignal): Promise<Link> {
    let login: Login;
    try {
      login = await logIn(address, password, signal);
    } catch (error) {
      throw translateError(error, signal, address);
    }
    const link = new Link(address, password, login);
    try {
      // Asked, not taken from the handshake: a proxy gives its own number there.
      link.#id = (await link.rows('select connection_id()', signal))[0]?.[0] ?? '';
      return link;
    } catch (error) {
      link.destroy();
      throw error;
    }
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** The server's number of this connection. */
  get id(): string {
    return this.#id;
  }

  get tls(): { readonly version: string; readonly cipher: string } | null {
    const { socket } = this.#login;
    if (!(socket instanceof TLSSocket)) return null;
    return { version: socket.getProtocol() ?? 'unknown', cipher: socket.getCipher().name };
  }

  async rows(sql: string, signal: AbortSignal): Promise<readonly TextRow[]> {
    return (await this.query(sql, signal)).rows;
  }

  /** Runs one statement: the server was never told that there may be several. */
  async query(sql: string, signal: AbortSignal): Promise<TextResult> {
    const exchange = this.#start(sql, { schema: textSchema, wire: false }, signal);
    const text = new TextRows();
    try {
      for (;;) {
        const batch = await this.#guard(exchange.next(), signal);
        if (batch === null) return { columns: exchange.columns, rows: text.rows };
        text.add(batch);
      }
    } finally {
      exchange.release();
    }
  }

  /** Rows as batches; the consumer owns and releases them. Leaving early stops the server's work. */
  async *batches(sql: string, schema: BatchSchema, { signal, wire }: BatchesHow): AsyncGenerator<RowBatch> {
    const exchange = this.#start(sql, { schema: () => schema, wire }, signal);
    let running = true;
    const next = async (): Promise<RowBatch | null> => {
      running = false;
      const batch = await this.#guard(exchange.next(), signal);
      running = batch !== null;
      return batch;
    };
    try {
      for (let batch = await next(); batch !== null; batch = await next()) yield batch;
    } finally {
      if (running && !this.#dead) {
        if (signal.aborted) this.abandon();
        else await this.#stopEarly(exchange);
      }
      exchange.release();
    }
  }

  /** Has the server stop what it runs for us, through a second connection. Settles when that is done or has failed. */
  cancel(): Promise<void> {
    const stop = new AbortController();
    const work = (async () => {
      const { socket, rules } = await logIn(this.#address, this.#password, stop.signal);
      try {
        stop.signal.addEventListener('abort', () => socket.destroy());
        const exchange = new Exchange(socket, `kill query ${BigInt(this.#id)}`, {
          rules,
          schema: textSchema,
          wire: false,
        });
        await exchange.next();
      } finally {
        socket.destroy();
      }
    })();
    const giveUp = (): Error => {
      stop.abort();
      return new Error('the server does not answer');
    };
    const settled = ignoring(withDeadline(work, CANCEL_MS, giveUp), 'nobody can know more than that we asked');
    this.#cancels.add(settled);
    return settled.finally(() => this.#cancels.delete(settled));
  }

  /** Has the server stop and gives the connection up, waiting for nobody: it may never answer again. */
  abandon(): void {
    // On a dead socket nobody will answer: the server hears it over another one.
    if (this.#id !== '') void this.cancel();
    this.destroy();
  }

  /** Gives the connection up without a word. */
  destroy(): void {
    this.#dead = true;
    this.#login.socket.destroy();
  }

  /** Ends the session; a transaction still open ends with it. */
  async close(): Promise<void> {
    if (!this.#dead) await this.#goodbye();
    this.destroy();
    const giveUp = (): Error => new Error('the server does not answer');
    await ignoring(withDeadline(Promise.all(this.#cancels), CANCEL_AT_CLOSE_MS, giveUp), 'we asked it to stop');
  }

  async #goodbye(): Promise<void> {
    const { socket } = this.#login;
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.once('close', resolve);
    // Read on, or the end of the stream is never seen.
    socket.resume();
    socket.end(COM_QUIT);
    const giveUp = (): Error => new Error('the server does not hang up');
    await ignoring(withDeadline(promise, GOODBYE_MS, giveUp), 'the socket is destroyed either way');
  }

  #start(
    sql: string,
    how: { readonly schema: (columns: readonly WireColumn[]) => BatchSchema; readonly wire: boolean },
    signal: AbortSignal,
  ): Exchange {
    if (this.#dead) throw translateError(this.#login.socket.errored, signal);
    return new Exchange(this.#login.socket, sql, { ...how, rules: this.#login.rules });
  }

  async #guard<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await abortable(work, signal, () => this.abandon());
    } catch (error) {
      throw translateError(error, signal);
    }
  }

  /** The consumer has had enough: the server is told, and what is on its way is thrown away. */
  async #stopEarly(exchange: Exchange): Promise<void> {
    const never = new AbortController().signal;
    const giveUp = (): Error => {
      this.destroy();
      return new Error('the server goes on sending');
    };
    const drained = ignoring(exchange.drain(), 'the rows are not wanted any more');
    // The request is waited for too: a late one would hit the next statement, so it may hit one that does nothing.
    const stopped = Promise.all([this.cancel(), drained]);
    await ignoring(withDeadline(stopped, DRAIN_MS, giveUp), 'the rows are not wanted any more');
    exchange.release();
    if (!this.#dead) await ignoring(this.query('do 0', never), 'it is there to be hit');
  }
}
