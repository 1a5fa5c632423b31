/** One connection to the server: pg's client, with cancellation that does not depend on the socket being alive. */
import { Client, type ClientConfig } from 'pg';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { appError, bug } from '../../../src-shared/errors/app-error.ts';
import type { Dial } from '../../ports/tunnel.ts';
import { abortable } from '../kit/abort.ts';
import { dialSocket } from '../kit/dialled-socket.ts';
import { requestCancel } from './cancel-request.ts';
import type { CopyQuery } from './copy-query.ts';
import { DescribeQuery } from './describe-query.ts';
import { translateError } from './errors.ts';
import { GulpSocket } from '../kit/gulp-socket.ts';
import type { WireField } from './wire-connection.ts';

export interface LinkAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: ConnectionOptions | null;
  readonly applicationName: string;
  /** Absent: straight. */
  readonly dial?: Dial | undefined;
  /** Whether the password is proven to the very server that showed its certificate; over TLS only. Default `prefer`. */
  readonly channelBinding?: 'prefer' | 'require' | 'disable';
}

const CONNECT_TIMEOUT_MS = 15_000;
const GOODBYE_MS = 1000;
/** The driver would stop far below what a server may ask for; at this many the login takes some seconds. */
const SCRAM_ROUNDS_AT_MOST = 10_000_000;

/** Its administrator's, its crash's, its database's end. */
const ENDED_BY_SERVER = /^57P0[124]$/;

type TextRow = readonly (string | null)[];

/** Every value as the server's text: pg guesses no types. */
const TEXT_VALUES = { getTypeParser: () => (value: string) => value };

/** Startup holds what is written here and nothing from PGOPTIONS and its like. */
class PlainClient extends Client {
  readonly #startup: Readonly<Record<string, string>>;

  constructor(config: ClientConfig, startup: Readonly<Record<string, string>>) {
    super(config);
    this.#startup = startup;
  }

  getStartupConf(): Readonly<Record<string, string>> {
    return this.#startup;
  }
}

/** Parts of pg's client that its types leave out. */
interface ClientInside {
  readonly connection: {
    readonly stream: Socket;
    prependListener(
      event: 'authenticationSASL',
      listener: (message: { readonly mechanisms: readonly string[] }) => void,
    ): void;
    on(
      event: 'parameterStatus',
      listener: (message: { readonly parameterName: string; readonly parameterValue: string }) => void,
    ): void;
  };
  readonly processID: number;
  readonly secretKey: number;
}

export class Link {
  readonly address: LinkAddress;
  readonly #client: PlainClient;
  #dead = false;
  /** How the connection was lost: the first that was heard of it. */
  #loss: unknown = null;
  #hasWholeMoments = false;

  private constructor(address: LinkAddress, client: PlainClient) {
    this.address = address;
    this.#client = client;
    // pg reports a lost socket here too; whoever is waiting hears of it through its query.
    client.on('error', (error: unknown) => {
      this.#loss ??= error;
      this.#dead = true;
    });
  }

  /** `password` is called when the server asks for one, and not before. */
  static async open(address: LinkAddress, password: () => Promise<string>, signal: AbortSignal): Promise<Link> {
    const { host, port, database, user, tls, applicationName, channelBinding = 'prefer', dial } = address;
    const dialled = dial === undefined ? null : await dialSocket({ host, port }, { dial, signal });
    let isBound = false;
    const requireBound = (): void => {
      if (channelBinding === 'require' && !isBound) throw unbound();
    };
    const client = new PlainClient(
      {
        ...{ host, port, database, user, keepAlive: true, keepAliveInitialDelayMillis: 30_000 },
        // A copy: the driver hides the key in it, and a copy of that would have none.
        ssl: tls === null ? false : { ...tls },
        enableChannelBinding: tls !== null && channelBinding !== 'disable',
        // Given, so that the driver does not look for them in PGSSLNEGOTIATION and its own defaults.
        ...{ sslnegotiation: 'postgres', scramMaxIterations: SCRAM_ROUNDS_AT_MOST },
        // Over TLS the pieces come from the decryption, not from the socket.
        ...(tls === null ? { stream: () => new GulpSocket() } : {}),
        ...(dialled === null ? {} : { stream: () => dialled }),
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        // A function, since pg would look for null in PGPASSWORD and ~/.pgpass.
        password: () => {
          requireBound();
          return password();
        },
      },
      { user, database, application_name: applicationName, client_encoding: 'UTF8' },
    );
    const link = new Link(address, client);
    link.#inside.connection.prependListener('authenticationSASL', ({ mechanisms }) => {
      isBound = tls !== null && mechanisms.includes('SCRAM-SHA-256-PLUS');
    });
    link.#inside.connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
      if (parameterName === 'integer_datetimes') link.#hasWholeMoments = parameterValue === 'on';
    });
    const started = performance.now();
    try {
      await abortable(client.connect(), signal, () => link.destroy());
      requireBound();
      return link;
    } catch (error) {
      link.destroy();
      if (!signal.aborted && performance.now() - started >= CONNECT_TIMEOUT_MS) {
        throw translateError(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }), signal, address);
      }
      throw translateError(error, signal, address);
    }
  }

  get socket(): Socket {
    return this.#inside.connection.stream;
  }

  /** Its moments are whole microseconds in binary form; before PostgreSQL 10 a server could be built otherwise. */
  get hasWholeMoments(): boolean {
    return this.#hasWholeMoments;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** Runs one statement of one kind: the extended protocol refuses a second. */
  async query(text: string, values: readonly (string | null)[], signal: AbortSignal): Promise<readonly TextRow[]> {
    const config = { text, values: [...values], rowMode: 'array' as const, queryMode: 'extended', types: TEXT_VALUES };
    const result = await this.#guard(() => this.#client.query<(string | null)[]>(config), signal);
    return result.rows;
  }

  /** Output columns of a statement, which is not run. */
  describe(text: string, signal: AbortSignal): Promise<readonly WireField[]> {
    return this.#guard(() => {
      const query = new DescribeQuery(text);
      this.#submit(query);
      return query.result;
    }, signal);
  }

  startCopy(query: CopyQuery): void {
    this.#submit(query);
  }

  /**
   * Waits for `work`, which was started on this link before; when `signal` aborts, cancels on the server and gives the link
   * up. What had arrived when the connection ended is still given out.
   */
  guard<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.#wait(work, signal);
  }

  /** Asks the server to stop what it runs for us. */
  requestCancel(): Promise<void> {
    const { processID, secretKey } = this.#inside;
    const { host, port, tls, dial } = this.address;
    return requestCancel({ host, port, tls, dial, processId: processID, secret: secretKey });
  }

  /** Has the server stop and gives the connection up, waiting for nobody: it may never answer again. */
  abandon(): void {
    // On a dead socket nobody will answer: the server hears it over another one.
    void this.requestCancel();
    this.destroy();
  }

  /** Gives the connection up without a word. */
  destroy(): void {
    this.#dead = true;
    this.socket.destroy();
  }

  /** Says goodbye; a server that does not answer is left standing. */
  async close(): Promise<void> {
    if (this.#dead) return this.destroy();
    const timer = setTimeout(() => this.destroy(), GOODBYE_MS);
    try {
      await this.#client.end();
    } finally {
      clearTimeout(timer);
      this.destroy();
    }
  }

  async #guard<T>(start: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#dead) throw translateError(this.#loss ?? new Error('Connection ended'), signal);
    return this.#wait(start, signal);
  }

  async #wait<T>(start: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await abortable(start(), signal, () => this.abandon());
    } catch (error) {
      const told = translateError(error, signal);
      // The server's last word: what is asked after it has no other reason.
      if (ENDED_BY_SERVER.test(String(told.context['sqlState']))) this.#loss ??= told;
      throw told;
    }
  }

  #submit(query: object): void {
    // As pg documents for its own cursors: an object with `submit` runs as a query. Its types want a narrower one.
    this.#client.query(query as { submit: () => void });
  }

  get #inside(): ClientInside {
    const inside = this.#client as unknown as ClientInside;
    if (inside.connection.stream === undefined) throw bug('the driver’s client has no socket');
    return inside;
  }
}

function unbound(): Error {
  return appError('SOURCE/AUTH_REFUSED', {
    message: 'The server does not bind the login to its TLS session, and the connection requires it.',
    remedy:
      'Have it ask for scram-sha-256 over TLS (pg_hba.conf, and a password stored by SCRAM), or use --channel-binding prefer.',
  });
}
