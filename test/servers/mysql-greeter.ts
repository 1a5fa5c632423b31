import { constants, privateDecrypt, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A PEM pair for the server's RSA key, and one for TLS. */
export interface GreeterKeys {
  readonly rsaPrivate: string;
  readonly rsaPublic: string;
  readonly tls: { readonly key: string; readonly cert: string } | null;
}

export interface MysqlGreeter {
  readonly port: number;
  /** Everything that clients sent in clear text over the wire. */
  wire(): Buffer;
  /** Passwords as the server understood them. */
  readonly passwords: readonly string[];
  /** Clients that asked for the server's key. */
  readonly askedForKey: () => number;
  stop(): Promise<void>;
}

const CLIENT_PLUGIN_AUTH = 0x0008_0000;
const CLIENT_SECURE_CONNECTION = 0x8000;
const CLIENT_PROTOCOL_41 = 0x200;
const CLIENT_SSL = 0x800;
const CLIENT_CONNECT_WITH_DB = 8;

/**
 * The login of a MySQL 8 server, and no more: caching_sha2_password with an empty cache, so that it asks for the whole
 * password each time. Written from the protocol's description, for machines on which no MySQL can be installed.
 * https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html
 */
export async function startMysqlGreeter(keys: GreeterKeys): Promise<MysqlGreeter> {
  const seen: Buffer[] = [];
  const passwords: string[] = [];
  const open = new Set<Socket>();
  let asked = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('data', (piece: Buffer) => seen.push(piece));
    socket.on('error', () => undefined);
    void greet(socket).catch(() => socket.destroy());
  });

  async function greet(raw: Socket): Promise<void> {
    const scramble = Buffer.from(randomBytes(20).map((byte) => (byte % 94) + 33));
    let wire: Socket = raw;
    let packets = reader(raw);
    send(wire, 0, hello(scramble, keys.tls !== null));
    let { sequence, body } = await packets.next();
    if (keys.tls !== null && body.length === 32 && (body.readUInt32LE(0) & CLIENT_SSL) !== 0) {
      raw.removeAllListeners('data').pause();
      // The beginning of the TLS handshake may have come with the request for it.
      raw.unshift(packets.rest());
      wire = new TLSSocket(raw, { isServer: true, ...keys.tls });
      wire.on('error', () => undefined);
      packets = reader(wire);
      ({ sequence, body } = await packets.next());
    }
    // Whatever plug-in the client began with, it is asked to change.
    send(
      wire,
      sequence + 1,
      Buffer.concat([Buffer.from('\xfecaching_sha2_password\0', 'latin1'), scramble, Buffer.of(0)]),
    );
    ({ sequence } = await packets.next());
    send(wire, sequence + 1, Buffer.of(1, 4));
    ({ sequence, body } = await packets.next());
    if (wire === raw && body.length === 1 && body[0] === 2) {
      asked++;
      send(wire, sequence + 1, Buffer.concat([Buffer.of(1), Buffer.from(keys.rsaPublic)]));
      ({ sequence, body } = await packets.next());
    }
    passwords.push(wire === raw ? decrypted(body, scramble) : body.subarray(0, -1).toString('utf8'));
    // Nothing comes after the login here.
    send(wire, sequence + 1, failure(1053, '08S01', 'Server shutdown in progress'));
    wire.end();
  }

  function decrypted(body: Buffer, scramble: Buffer): string {
    const key = { key: keys.rsaPrivate, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
    const plain = privateDecrypt(key, body).map((byte, i) => byte ^ (scramble[i % scramble.length] as number));
    return Buffer.from(plain.subarray(0, -1)).toString('utf8');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    wire: () => Buffer.concat(seen),
    passwords,
    askedForKey: () => asked,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function hello(scramble: Buffer, tls: boolean): Buffer {
  const flags =
    CLIENT_PLUGIN_AUTH |
    CLIENT_SECURE_CONNECTION |
    CLIENT_PROTOCOL_41 |
    CLIENT_CONNECT_WITH_DB |
    (tls ? CLIENT_SSL : 0);
  const low = Buffer.alloc(2);
  low.writeUInt16LE(flags & 0xffff);
  const high = Buffer.alloc(2);
  high.writeUInt16LE(flags >>> 16);
  return Buffer.concat([
    Buffer.from('\x0a8.4.0\0', 'latin1'),
    Buffer.of(7, 0, 0, 0),
    scramble.subarray(0, 8),
    Buffer.of(0),
    low,
    Buffer.of(255, 2, 0),
    high,
    Buffer.of(21),
    Buffer.alloc(10),
    scramble.subarray(8),
    Buffer.from('\0caching_sha2_password\0', 'latin1'),
  ]);
}

function failure(errno: number, state: string, text: string): Buffer {
  const number = Buffer.alloc(2);
  number.writeUInt16LE(errno);
  return Buffer.concat([Buffer.of(0xff), number, Buffer.from(`#${state}${text}`)]);
}

function send(socket: Socket, sequence: number, body: Buffer): void {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  socket.write(Buffer.concat([head, body]));
}

interface Packet {
  readonly sequence: number;
  readonly body: Buffer;
}

interface Packets {
  readonly next: () => Promise<Packet>;
  /** What has arrived and was not asked for. */
  readonly rest: () => Buffer;
}

function reader(socket: Socket): Packets {
  let left = Buffer.alloc(0);
  let wake: () => void = () => undefined;
  socket.on('data', (piece: Buffer) => {
    left = Buffer.concat([left, piece]);
    wake();
  });
  socket.once('close', () => wake());
  const next = async (): Promise<Packet> => {
    for (;;) {
      const size = left.length < 4 ? Infinity : left.readUIntLE(0, 3) + 4;
      if (left.length >= size) {
        const packet = { sequence: left[3] as number, body: Buffer.from(left.subarray(4, size)) };
        left = left.subarray(size);
        return packet;
      }
      if (socket.destroyed) throw new Error('the client is gone');
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { next, rest: () => left };
}
