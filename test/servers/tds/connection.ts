// One connection: prelogin, TLS, login, then one request after the other. [MS-TDS] 3.3.
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { TLSSocket, type SecureContextOptions } from 'node:tls';
import { Answer } from './answer.ts';
import type { TdsDatabase, TdsSession } from './database.ts';
import { readLogin, type LoginRequest } from './login7.ts';
import { NtlmExchange } from './ntlm.ts';
import { MessageReader, MessageWriter, PACKET, type Message } from './packets.ts';
import { ENCRYPTION, readPrelogin, writePrelogin } from './prelogin.ts';
import {
  collationChange,
  databaseChange,
  done,
  DONE,
  error,
  featureAck,
  loginAck,
  packetSizeChange,
  sspi,
} from './tokens.ts';
import { tlsInside } from './tls-inside.ts';

export interface Account {
  readonly user: string;
  readonly password: string;
  /** With one, it is an account of this Windows domain. */
  readonly domain?: string;
}

export interface PeerOptions {
  readonly accounts: readonly Account[];
  readonly tokens?: readonly string[];
  readonly database: TdsDatabase;
  /** null: the server speaks no TLS. */
  readonly tls: SecureContextOptions | null;
  /** Plain connections are refused. */
  readonly requiresTls?: boolean;
  /** TLS comes before anything else (TDS 8.0). */
  readonly tlsFirst?: boolean;
  /** The largest packet it sends, whatever the client would take. */
  readonly packetBytes?: number;
  /** Told of every login that was let in. */
  readonly onLogin?: (login: LoginRequest) => void;
}

const REFUSED = { number: 18456, severity: 14 };

export class PeerConnection {
  readonly #options: PeerOptions;
  readonly #socket: Socket;
  #stream: Duplex;
  #writer: MessageWriter;
  #push: (piece: Buffer) => void;
  #session: TdsSession | null = null;
  #ntlm: { readonly exchange: NtlmExchange; readonly login: LoginRequest } | null = null;
  #answer: Answer | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(socket: Socket, options: PeerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#stream = socket;
    this.#writer = new MessageWriter(socket);
    this.#push = () => undefined;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#close());
    if (options.tlsFirst === true) {
      const secure = new TLSSocket(socket, { isServer: true, ALPNProtocols: ['tds/8.0'], ...options.tls });
      this.#speakOn(secure);
      return;
    }
    this.#push = this.#reading();
    socket.on('data', (piece: Buffer) => this.#push(piece));
  }

  /** From here on the protocol runs over this stream. */
  #speakOn(stream: TLSSocket): void {
    this.#stream = stream;
    this.#writer = new MessageWriter(stream);
    stream.on('error', () => this.#socket.destroy());
    stream.on('data', this.#reading());
  }

  #reading(): (piece: Buffer) => void {
    const reader = new MessageReader();
    return (piece) => {
      try {
        for (const message of reader.push(piece)) this.#receive(message);
      } catch {
        // No TDS: a real server hangs up, too.
        this.#socket.destroy();
      }
    };
  }

  #receive(message: Message): void {
    const { type, data } = message;
    if (type === PACKET.prelogin) return this.#prelogin(data);
    if (type === PACKET.login) return this.#login(readLogin(data));
    if (type === PACKET.sspi) return this.#secondOfNtlm(data);
    if (this.#session === null) return void this.#socket.destroy();
    if (type === PACKET.attention) return this.#attention();
    const answer = new Answer(this.#session, this.#writer);
    this.#queue = this.#queue.then(async () => {
      this.#answer = answer;
      await answer.give(message);
      this.#answer = null;
    });
  }

  #prelogin(data: Buffer): void {
    const { encryption, wantsFedauth } = readPrelogin(data);
    const { tls, requiresTls, tlsFirst } = this.#options;
    const wants = encryption === ENCRYPTION.on || encryption === ENCRYPTION.required;
    const canTls = tls !== null && tlsFirst !== true;
    const says = !canTls
      ? ENCRYPTION.notSupported
      : requiresTls === true
        ? ENCRYPTION.required
        : wants
          ? ENCRYPTION.on
          : ENCRYPTION.off;
    this.#writer.end(writePrelogin(says, wantsFedauth));
    if (!canTls || !wants || this.#stream !== this.#socket) return;
    const secured = tlsInside(this.#socket, tls);
    this.#push = (piece) => secured.push(piece);
    this.#speakOn(secured.stream);
  }

  #login(login: LoginRequest): void {
    const { accounts, tokens, requiresTls } = this.#options;
    if (requiresTls === true && this.#stream === this.#socket) return void this.#socket.destroy();
    if (login.sspi !== null) {
      const exchange = new NtlmExchange();
      this.#ntlm = { exchange, login };
      const [domain = ''] = accounts.flatMap((account) => account.domain ?? []);
      this.#writer.end(sspi(exchange.challenge(login.sspi, domain)));
      return;
    }
    if (login.token !== null) return tokens?.includes(login.token) ? this.#letIn(login) : this.#refuse('');
    const known = accounts.some(
      ({ user, password, domain }) => domain === undefined && user === login.user && password === login.password,
    );
    return known ? this.#letIn(login) : this.#refuse(login.user);
  }

  #secondOfNtlm(third: Buffer): void {
    const { exchange, login } = this.#ntlm ?? {};
    if (exchange === undefined || login === undefined) return void this.#socket.destroy();
    const known = this.#options.accounts.some(
      ({ user, password, domain }) => domain !== undefined && exchange.accepts(third, { user, password, domain }),
    );
    return known ? this.#letIn(login) : this.#refuse('');
  }

  #refuse(user: string): void {
    this.#writer.end(error({ ...REFUSED, message: `Login failed for user '${user}'.` }), done(DONE.error));
    this.#stream.end();
  }

  #letIn(login: LoginRequest): void {
    const session = this.#options.database.open(login);
    if ('refused' in session) {
      this.#writer.end(...session.refused.map(error), done(DONE.error));
      return void this.#stream.end();
    }
    this.#session = session;
    this.#options.onLogin?.(login);
    const most = this.#options.packetBytes ?? (this.#stream === this.#socket ? 32_767 : 16_383);
    const packetBytes = Math.min(login.packetBytes, most);
    this.#writer.end(
      ...[databaseChange(login.database, 'master'), collationChange(), packetSizeChange(packetBytes, 4096), loginAck()],
      ...[featureAck(login.token === null ? ['utf8'] : ['fedauth', 'utf8']), done(DONE.final)],
    );
    this.#writer.packetBytes = packetBytes;
  }

  /** A request that is over, or one that has not begun, has nothing to stop: only the attention is answered. */
  #attention(): void {
    if (this.#answer !== null) return this.#answer.cancel();
    this.#queue = this.#afterwards(done(DONE.attention));
  }

  async #afterwards(token: Buffer): Promise<void> {
    await this.#queue;
    this.#writer.end(token);
  }

  #close(): void {
    this.#answer?.cancel();
    this.#session?.close();
    this.#session = null;
  }
}
