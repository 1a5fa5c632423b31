import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError, toAppError } from '../../src-shared/errors/app-error.ts';
import type { Blocked, SessionLoad } from '../../src-shared/model/server-load.ts';
import { counted } from '../../src-shared/util/format-number.ts';
import type { LoadTally } from '../engine/run/load-tally.ts';
import { OwnStatements } from '../engine/run/own-statements.ts';
import type { Reader } from '../engine/run/reader.ts';
import type { TableJob } from '../engine/run/table-job.ts';
import type { Session } from '../ports/connector.ts';
import { openConnection, type OpenConnection } from './connections.ts';
import type { Core } from './core.ts';
import type { ExportContext, ExportRequest } from './export-context.ts';
import { logFailure } from './log-failure.ts';
import { connectionsWanted, piecesAtOnce } from './open-readers.ts';

/** A run that is over sooner troubles the server with nothing. */
const FIRST_MS = 1000;
const EVERY_MS = 3000;
/** After a look that failed the server is left alone for a while. */
const AFTER_FAILURE_MS = 30_000;
/** A server that is slow to say how it is doing has other things to do. */
const STATEMENT_MS = 2000;
const GIVE_UP_MS = 5000;
const MOST_CONNECTIONS = 64;

/**
 * Looks every few seconds how the run's own sessions are doing on their server, on one more connection where the plan leaves
 * one, and how their statements are doing as seen from here in any case. It rests while the run is paused. The run neither
 * waits for it nor fails for it.
 */
export class LoadWatch implements AsyncDisposable {
  readonly #core: Core;
  readonly #request: ExportRequest;
  readonly #tally: LoadTally;
  readonly #statements: OwnStatements;
  readonly #numbers = new Set<string>();
  readonly #over = new AbortController();
  readonly #looking: Promise<void>;
  #mayAsk: boolean;
  #beside: OpenConnection | null = null;
  #restsUntil = 0;

  constructor({ core, request, load }: Pick<ExportContext, 'core' | 'request' | 'load'>, jobs: readonly TableJob[]) {
    this.#core = core;
    this.#request = request;
    this.#tally = load;
    this.#statements = new OwnStatements(core.clock);
    this.#mayAsk = connectionsWanted(request, jobs) < request.compiled.limits.connections;
    this.#looking = this.#lookUntilOver();
  }

  /** A session that is to read, before it does. Does not reject. */
  readonly knows = async ({ others }: Session): Promise<void> => {
    if (others === null || this.#request.compiled.limits.connections === 1) return;
    try {
      this.#numbers.add(await others.number(this.#request.signal));
    } catch (error) {
      // A run that was cancelled meanwhile says nothing of its server.
      if (!this.#request.signal.aborted) this.#failed(error);
    }
  };

  /** All that read are open: how many connections are left is certain now. */
  opened(readers: readonly [Reader, ...Reader[]], jobs: readonly TableJob[]): [Reader, ...Reader[]] {
    const { connector, session } = this.#request.connection;
    const { connections } = this.#request.compiled.limits;
    this.#mayAsk = session.others !== null && readers.length < connections;
    if (session.others === null) {
      const why = `${connector.title} has no server that could be asked.`;
      this.#tally.doWithout({ reason: 'server', why, remedy: null });
    } else if (!this.#mayAsk) {
      const why = `The plan allows ${counted(connections, 'connection')}, and ${connections === 1 ? 'it reads' : 'all of them read'}.`;
      this.#tally.doWithout({ reason: 'connection', why, remedy: freeOne(piecesAtOnce(this.#request, jobs)) });
    }
    const [first, ...more] = readers;
    return [this.#statements.watch(first), ...more.map((reader) => this.#statements.watch(reader))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#looking;
    this.#tally.longest(this.#statements.longestMs);
    await this.#close();
  }

  async #lookUntilOver(): Promise<void> {
    const { signal } = this.#over;
    for (let wait = FIRST_MS; ; wait = EVERY_MS) {
      try {
        await sleep(wait, undefined, { signal, ref: false });
      } catch {
        return; // the run is over
      }
      if (this.#request.pause.held === null) await this.#look();
    }
  }

  async #look(): Promise<void> {
    const tally = this.#tally;
    const { running } = this.#statements;
    tally.here(running);
    const sessions = await this.#ask();
    if (this.#over.signal.aborted) return;
    const blocked: Blocked | null = sessions === null ? null : tally.look(sessions, this.#core.clock.monotonicMs());
    tally.longest(this.#statements.longestMs);
    const statementMs = running.length === 0 ? null : Math.round(Math.max(...running.map(({ ms }) => ms)));
    this.#request.onEvent({ type: 'server.load', sessions, statementMs, blocked, soFar: tally.summary });
  }

  /** null: it cannot be asked now. */
  async #ask(): Promise<readonly SessionLoad[] | null> {
    const isResting = this.#core.clock.monotonicMs() < this.#restsUntil;
    if (!this.#mayAsk || this.#numbers.size === 0 || this.#tally.unasked !== null || isResting) return null;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), GIVE_UP_MS);
    const signal = AbortSignal.any([this.#over.signal, late.signal]);
    try {
      const { session } = (this.#beside ??= await this.#open(signal));
      return (await session.others?.look([...this.#numbers], signal)) ?? null;
    } catch (error) {
      if (!this.#over.signal.aborted) this.#failed(error);
      await this.#close();
      return null;
    } finally {
      // What was opened lives on: the signal may not abort later.
      clearTimeout(timer);
    }
  }

  #open(signal: AbortSignal): Promise<OpenConnection> {
    const limits = { statementTimeoutMs: STATEMENT_MS, lockTimeoutMs: STATEMENT_MS };
    return openConnection(this.#core, this.#request.connection.name, { signal, ...limits });
  }

  #failed(error: unknown): void {
    logFailure(this.#core, 'run.load', error);
    const { message, remedy } = toAppError(error);
    if (isAppError(error, 'SOURCE/PERMISSION_DENIED')) {
      return this.#tally.doWithout({ reason: 'right', why: message, remedy: remedy ?? null });
    }
    // Ours is the only one who could cancel it: it took too long.
    this.#tally.failed(isAppError(error, 'RUN/CANCELLED') ? 'The server did not answer in time.' : message);
    this.#restsUntil = this.#core.clock.monotonicMs() + AFTER_FAILURE_MS;
  }

  async #close(): Promise<void> {
    const beside = this.#beside;
    this.#beside = null;
    try {
      await beside?.[Symbol.asyncDispose]();
    } catch (error) {
      logFailure(this.#core, 'run.load', error);
    }
  }
}

/** How a plan would leave a connection, where it reads no more than so many things at once; null: readers take all there are. */
function freeOne(pieces: number): string | null {
  if (pieces >= MOST_CONNECTIONS) return null;
  return `With limits.connections: ${pieces + 1} the server is asked.`;
}
