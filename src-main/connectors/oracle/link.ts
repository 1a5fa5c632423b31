/** One connection to the server, with cancellation that does not depend on the socket being alive. */
import type { BindParameter, Connection, ExecuteOptions, Metadata, ResultSet } from 'oracledb';
import { bug } from '../../../src-shared/errors/app-error.ts';
import { DEFAULT_LOCK_TIMEOUT_MS } from '../../../src-shared/model/plan.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SqlStatement, TableRead } from '../../../src-shared/model/table-read.ts';
import { abortable, throwIfAborted } from '../kit/abort.ts';
import type { Address } from '../kit/connect-failures.ts';
import { withDeadline } from '../kit/deadline.ts';
import { ignoring } from '../kit/ignoring.ts';
import type { Driver } from './driver.ts';
import { connectionLost, timeLimit, translateError } from './errors.ts';
import { fetchSize } from './fetch-size.ts';
import { openConnection, type Login, type OpenConnection } from './open-connection.ts';
import { RowWriter } from './row-writer.ts';
import { textRow, type TextRow } from './text-row.ts';

/** How long a cancelled statement may take to say so, before the connection is given up. */
const DRAIN_MS = 3000;
/** A dead wire must not hold up who closes after a cancellation. */
const CANCEL_AT_CLOSE_MS = 500;
/** The driver's own limit, for a server that does not even answer a cancellation. */
const LATE_MS = 5000;

interface Limits {
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs?: number;
}

export class Link {
  /** How long a lock on a table is waited for. */
  readonly lockTimeoutMs: number;
  readonly #driver: Driver;
  readonly #connection: Connection;
  readonly #secured: OpenConnection['secured'];
  readonly #kill: () => void;
  readonly #statementTimeoutMs: number;
  #running: Promise<unknown> | null = null;
  #leaving: Promise<void> = Promise.resolve();
  #dead = false;

  private constructor(
    { driver, connection, secured, kill }: OpenConnection,
    { statementTimeoutMs, lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS }: Limits,
  ) {
    this.lockTimeoutMs = lockTimeoutMs;
    this.#driver = driver;
    this.#connection = connection;
    this.#secured = secured;
    this.#kill = kill;
    this.#statementTimeoutMs = statementTimeoutMs;
    if (statementTimeoutMs > 0) connection.callTimeout = statementTimeoutMs + LATE_MS;
  }

  static async open(
    login: Login,
    address: Address,
    { signal, ...limits }: Limits & { readonly signal: AbortSignal },
  ): Promise<Link> {
    try {
      return new Link(await openConnection(login, signal), limits);
    } catch (error) {
      throw translateError(error, signal, address);
    }
  }

  get isDead(): boolean {
    return this.#dead;
  }

  get version(): string {
    return this.#connection.oracleServerVersionString;
  }

  get tls(): { readonly version: string; readonly cipher: string } | null {
    if (this.#secured === null) return null;
    return { version: this.#secured.getProtocol() ?? 'unknown', cipher: this.#secured.getCipher().name };
  }

  /** How the session shows itself on the server; it goes with the next statement. */
  name(applicationName: string): void {
    this.#connection.module = applicationName.slice(0, 48);
    this.#connection.action = 'export';
    this.#connection.clientInfo = applicationName.slice(0, 64);
  }

  /** Runs one statement with its values beside it; the rows as text. */
  async ask(text: string, values: SqlStatement['values'], signal: AbortSignal): Promise<readonly TextRow[]> {
    const options = { outFormat: this.#driver.OUT_FORMAT_ARRAY, fetchArraySize: 1000, prefetchRows: 1001, maxRows: 0 };
    const { rows } = await this.#run((own) => own.execute<unknown[]>(text, this.#binds(values), options), signal);
    return (rows ?? []).map((row) => textRow(row));
  }

  /** What the columns of a statement are, without running it. */
  async describe({ text }: SqlStatement, signal: AbortSignal): Promise<readonly Metadata<object>[]> {
    const { metaData } = await this.#run((own) => own.getStatementInfo(text), signal);
    return metaData ?? [];
  }

  /** Rows as batches; the consumer owns and releases them. Not pulling fetches nothing; leaving early closes the cursor. */
  async *batches({ text, values }: SqlStatement, read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    const size = fetchSize(read.columns);
    const options: ExecuteOptions = {
      resultSet: true,
      outFormat: this.#driver.OUT_FORMAT_ARRAY,
      fetchArraySize: size.rows,
      prefetchRows: size.rows,
      fetchTypeHandler: (column) => this.#asItIs(column),
    };
    const { resultSet } = await this.#run((own) => own.execute<unknown[]>(text, this.#binds(values), options), signal);
    if (resultSet === undefined) throw bug('a read that gives no rows');
    const writer = new RowWriter(read);
    try {
      for (;;) {
        const rows = await this.#run(() => resultSet.getRows(size.rows), signal);
        for (const row of rows) {
          if (size.hasLobs) yield* this.#guarded(writer.write(row), signal);
          else writer.writePlain(row);
        }
        yield* writer.ready();
        if (rows.length < size.rows) break;
      }
      writer.finish();
      yield* writer.ready();
    } catch (error) {
      writer.discard();
      throw translateError(error, signal);
    } finally {
      if (!this.isDead) await this.#closeCursor(resultSet);
    }
  }

  /** Gives the connection up without a word. */
  destroy(): void {
    this.#dead = true;
    this.#kill();
    void ignoring(this.#connection.close({ drop: true }), 'nobody waits for it');
  }

  /** Ends the session; a transaction still open ends with it. */
  async close(): Promise<void> {
    const giveUp = (): Error => new Error('the server does not answer');
    await ignoring(withDeadline(this.#leaving, CANCEL_AT_CLOSE_MS, giveUp), 'we asked it to stop');
    if (this.#dead) return;
    this.#dead = true;
    await ignoring(withDeadline(this.#connection.close(), DRAIN_MS, giveUp), 'the session ends with its socket');
    this.#kill();
  }

  /** Texts are sent as texts, whatever the driver would make of their value. */
  #binds(values: SqlStatement['values']): Record<string, BindParameter> {
    return Object.fromEntries(
      values.map((value, i) => [
        `p${i + 1}`,
        { val: value, type: this.#driver.DB_TYPE_VARCHAR, dir: this.#driver.BIND_IN },
      ]),
    );
  }

  /** What is no LOB and no number comes as it is; a LOB as its locator, whatever a process-wide setting says. */
  #asItIs({ dbType }: Metadata<object>): undefined | { type: NonNullable<Metadata<object>['dbType']> } {
    return dbType === undefined ? undefined : { type: dbType };
  }

  async #closeCursor(resultSet: ResultSet<unknown[]>): Promise<void> {
    const giveUp = (): Error => {
      this.destroy();
      return new Error('the server does not answer');
    };
    await ignoring(withDeadline(resultSet.close(), DRAIN_MS, giveUp), 'the rows are not wanted any more');
  }

  /** Pieces of a LOB come in round trips of their own. */
  async *#guarded(rows: AsyncGenerator<RowBatch>, signal: AbortSignal): AsyncGenerator<RowBatch> {
    for (;;) {
      const { done, value } = await this.#run(() => rows.next(), signal);
      if (done === true) return;
      yield value;
    }
  }

  async #run<T>(work: (connection: Connection) => Promise<T>, signal: AbortSignal): Promise<T> {
    throwIfAborted(signal);
    if (this.#dead) throw connectionLost();
    if (this.#running !== null) throw bug('a connection is used by two at once');
    let isLate = false;
    const timer =
      this.#statementTimeoutMs > 0
        ? setTimeout(() => {
            isLate = true;
            void ignoring(this.#connection.break(), 'the statement has its own failure');
          }, this.#statementTimeoutMs)
        : undefined;
    const running = work(this.#connection).finally(() => {
      clearTimeout(timer);
      this.#running = null;
    });
    this.#running = running;
    try {
      return await abortable(running, signal, () => this.#leave());
    } catch (error) {
      if (isLate && !signal.aborted) throw timeLimit();
      throw translateError(error, signal);
    }
  }

  /** On a dead socket nobody will answer: the server is told, and we do not wait. */
  #leave(): void {
    const running = this.#running;
    this.#dead = true;
    if (running === null) return this.destroy();
    const giveUp = (): Error => new Error('the server does not answer');
    const stop = ignoring(this.#connection.break(), 'nobody can know more than that we asked');
    const stopped = Promise.all([stop, ignoring(running, 'it was cancelled')]);
    this.#leaving = ignoring(withDeadline(stopped, DRAIN_MS, giveUp), 'it was cancelled').finally(() => this.destroy());
  }
}
