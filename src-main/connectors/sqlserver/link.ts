/** One connection to the server, with cancellation that does not depend on the socket being alive. */
import type { Connection, Request } from 'tedious';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import { abortable, throwIfAborted } from '../kit/abort.ts';
import { withDeadline } from '../kit/deadline.ts';
import { ignoring } from '../kit/ignoring.ts';
import { loadDriver, type Driver } from './driver.ts';
import { connectionLost, timeLimit, translateError } from './errors.ts';
import { failureOf } from './failure-of.ts';
import { openConnection, type LoginAddress, type OpenConnection } from './open-connection.ts';
import { RowFeed } from './row-feed.ts';
import { RowParser, type ParsedAnswer, type TokenHandler } from './row-parser.ts';
import { textRow, type TextRow } from './text-row.ts';

/** How long a cancelled statement may take to say so, before the connection is given up. */
const DRAIN_MS = 3000;
/** A dead wire must not hold up who closes after a cancellation. */
const CANCEL_AT_CLOSE_MS = 500;
/** Texts up to this length are parameters of one declared type, whatever their length. */
const SHORT_TEXT = 4000;

/** Parts of the driver's connection that its types give another form. */
interface ConnectionInside {
  createTokenStreamParser: (message: AsyncIterable<Buffer>, handler: TokenHandler) => unknown;
  readonly config: { readonly options: ParsedAnswer['options'] };
  readonly inTransaction: boolean;
  readonly closed: boolean;
}

interface Running {
  readonly request: Request;
  /** Settles when the answer is over, with its failure. Never rejects. */
  readonly done: Promise<Error | null>;
}

export class Link {
  readonly #driver: Driver;
  readonly #connection: Connection;
  readonly #inside: ConnectionInside;
  readonly #tls: OpenConnection['secured'];
  readonly #statementTimeoutMs: number;
  #running: Running | null = null;
  /** Whose rows the next answer gives; null: the driver's own way. */
  #feed: RowFeed | null = null;
  #leaving: Promise<void> = Promise.resolve();
  #dead = false;

  private constructor(driver: Driver, { connection, secured }: OpenConnection, statementTimeoutMs: number) {
    this.#driver = driver;
    this.#connection = connection;
    this.#inside = connection as unknown as ConnectionInside;
    this.#tls = secured;
    this.#statementTimeoutMs = statementTimeoutMs;
    const usual = this.#inside.createTokenStreamParser;
    if (typeof usual !== 'function') throw bug('the driver has changed inside');
    this.#inside.createTokenStreamParser = (message, handler) => {
      const feed = this.#feed;
      this.#feed = null;
      if (feed === null) return usual.call(connection, message, handler);
      return new RowParser(driver, { message, handler, options: this.#inside.config.options }, feed);
    };
  }

  static async open(
    address: LoginAddress,
    secret: SecretText | null,
    { signal, statementTimeoutMs }: { readonly signal: AbortSignal; readonly statementTimeoutMs: number },
  ): Promise<Link> {
    try {
      const driver = await loadDriver();
      return new Link(driver, await openConnection(address, secret, signal), statementTimeoutMs);
    } catch (error) {
      throw translateError(error, signal, address);
    }
  }

  get isDead(): boolean {
    return this.#dead || this.#inside.closed;
  }

  /** Whether the server has a transaction open for us, as it has told so far. */
  get inTransaction(): boolean {
    return this.#inside.inTransaction;
  }

  get tls(): { readonly version: string; readonly cipher: string } | null {
    if (this.#tls === null) return null;
    return { version: this.#tls.getProtocol() ?? 'unknown', cipher: this.#tls.getCipher().name };
  }

  /** Runs one batch and gives the rows of its results as text. */
  async rows(text: string, signal: AbortSignal): Promise<readonly TextRow[]> {
    return this.ask({ text, values: [] }, signal);
  }

  /** Runs one statement with its values beside it. */
  async ask(statement: SqlStatement, signal: AbortSignal): Promise<readonly TextRow[]> {
    this.#mustLive(signal);
    const rows: TextRow[] = [];
    const { done } = this.#start(statement, null, (request) =>
      request.on('row', (columns) => rows.push(textRow(columns))),
    );
    const failure = await this.#guard(done, signal);
    if (failure !== null) throw translateError(failure, signal);
    return rows;
  }

  /** Rows as batches; the consumer owns and releases them. Leaving early stops the server's work. */
  async *batches(statement: SqlStatement, read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    this.#mustLive(signal);
    const feed = new RowFeed(read);
    const { request, done } = this.#start(statement, feed, () => undefined);
    feed.onUnwanted = () => request.cancel();
    void done.then((failure) => feed.end(failure === null ? null : translateError(failure)));
    let running = true;
    const next = async (): Promise<RowBatch | null> => {
      running = false;
      const batch = await this.#guard(feed.next(), signal);
      running = batch !== null;
      return batch;
    };
    try {
      for (let batch = await next(); batch !== null; batch = await next()) yield batch;
    } catch (error) {
      throw translateError(error, signal);
    } finally {
      if (running && !this.isDead) await this.#stopEarly(feed, done);
      else feed.discard();
    }
  }

  /** Gives the connection up without a word. */
  destroy(): void {
    this.#dead = true;
    this.#connection.close();
  }

  /** Ends the session; a transaction still open ends with it. */
  async close(): Promise<void> {
    const giveUp = (): Error => new Error('the server does not answer');
    await ignoring(withDeadline(this.#leaving, CANCEL_AT_CLOSE_MS, giveUp), 'we asked it to stop');
    this.destroy();
  }

  #mustLive(signal: AbortSignal): void {
    throwIfAborted(signal);
    if (this.isDead) throw connectionLost();
    if (this.#running !== null) throw bug('a connection is used by two at once');
  }

  #start({ text, values }: SqlStatement, feed: RowFeed | null, prepare: (request: Request) => void): Running {
    const { promise: done, resolve } = Promise.withResolvers<Error | null>();
    let late = false;
    let timer: NodeJS.Timeout | undefined;
    const request = new this.#driver.Request(text, (error) => {
      clearTimeout(timer);
      this.#running = null;
      this.#feed = null;
      resolve(late ? timeLimit() : failureOf(error));
    });
    for (const [i, value] of values.entries()) {
      const length = (value?.length ?? 0) <= SHORT_TEXT ? { length: SHORT_TEXT } : {};
      request.addParameter(`p${i + 1}`, this.#driver.nvarchar, value, length);
    }
    prepare(request);
    if (this.#statementTimeoutMs > 0) {
      timer = setTimeout(() => {
        late = true;
        feed?.discard();
        request.cancel();
      }, this.#statementTimeoutMs);
    }
    this.#feed = feed;
    const running = { request, done };
    this.#running = running;
    if (values.length > 0) this.#connection.execSql(request);
    else this.#connection.execSqlBatch(request);
    return running;
  }

  async #guard<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    return abortable(work, signal, () => this.#leave());
  }

  /** On a dead socket nobody will answer: the server is told, and we do not wait. */
  #leave(): void {
    const running = this.#running;
    this.#dead = true;
    if (running === null) return this.destroy();
    running.request.cancel();
    const giveUp = (): Error => new Error('the server does not answer');
    const stopped = ignoring(withDeadline(running.done, DRAIN_MS, giveUp), 'nobody can know more than that we asked');
    this.#leaving = stopped.finally(() => this.destroy());
  }

  /** The consumer has had enough: the server is told, and what is on its way is thrown away. */
  async #stopEarly(feed: RowFeed, done: Promise<Error | null>): Promise<void> {
    feed.discard();
    const giveUp = (): Error => {
      this.destroy();
      return new Error('the server goes on sending');
    };
    await ignoring(withDeadline(done, DRAIN_MS, giveUp), 'the rows are not wanted any more');
  }
}
