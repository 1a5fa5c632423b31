import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Desk } from '../../app/desk/desk.ts';
import { readPageFile } from '../../app/desk/page-files.ts';
import { FRAME_MAX_BYTES, serveChannel } from '../../app/desk/serve-channel.ts';
import type { SessionGate } from './session-gate.ts';
import { socketChannel } from './socket-channel.ts';

/** A peer that does not say who it is within this time is let go. */
const FIRST_FRAME_MS = 5_000;
const MAX_LAUNCH_BYTES = 1024;
const POLICY_VIOLATION = 1008;

export interface ServerParts {
  readonly desk: Desk;
  readonly gate: SessionGate;
  /** Absolute folder of the built pages. */
  readonly pages: string;
}

export interface RunningServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves the pages and the core on a random port of the loopback interface. Host and Origin are checked before anything
 * else: a name that leads here, or another page's script, gets a bare 403.
 */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const server = createServer((request, response) => {
    answer(request, response, { ...parts, host: hostOf(server) }).catch(() => response.destroy());
  });
  // All of them: the server forgets those that asked for an upgrade, and then waits for them without end.
  const lines = new Set<Socket>();
  server.on('connection', (socket) => {
    lines.add(socket);
    socket.once('close', () => lines.delete(socket));
    // Node takes its own listener away when an upgrade is asked for: without this one, whoever asks and hangs up ends the core.
    socket.on('error', () => socket.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX_BYTES });
  server.on('upgrade', (request, socket, head) => {
    const host = hostOf(server);
    if (!isOurs(request, host) || request.headers.origin !== `http://${host}` || request.url !== '/core') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => admit(webSocket, parts));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://${hostOf(server)}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of lines) socket.destroy();
      await closed;
    },
  };
}

function hostOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function isOurs(request: IncomingMessage, host: string): boolean {
  return request.headers.host === host;
}

/** The first frame is the session key; a socket that sends anything else hears nothing. */
function admit(socket: WebSocket, { desk, gate }: ServerParts): void {
  const tooLate = setTimeout(() => socket.close(POLICY_VIOLATION, 'No session key came.'), FIRST_FRAME_MS);
  socket.on('error', () => socket.terminate());
  socket.once('message', (data: Buffer, isBinary) => {
    clearTimeout(tooLate);
    if (isBinary || !gate.admits(data.toString('utf8'))) {
      socket.close(POLICY_VIOLATION, 'The session key is not known here.');
      return;
    }
    serveChannel(socketChannel(socket), desk);
    socket.send('ready');
  });
}

interface Serving extends ServerParts {
  readonly host: string;
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { host, gate, pages } = serving;
  if (!isOurs(request, host)) return end(response, 403);
  const path = new URL(request.url ?? '/', `http://${host}`).pathname;
  if (path === '/session') return swap(request, response, { host, gate });
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
  const file = await readPageFile(pages, path, `'self' ws://${host}`);
  if (file === null) return end(response, 404);
  response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.body);
}

/** The page gives the launch secret of its address and gets a session key. */
async function swap(
  request: IncomingMessage,
  response: ServerResponse,
  { host, gate }: Pick<Serving, 'host' | 'gate'>,
): Promise<void> {
  if (request.method !== 'POST' || request.headers.origin !== `http://${host}`) return end(response, 403);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_LAUNCH_BYTES) return end(response, 413);
    chunks.push(chunk);
  }
  const session = gate.redeem(Buffer.concat(chunks).toString('utf8'));
  if (session === null) return end(response, 403);
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }).end(session);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close' }).end();
}
