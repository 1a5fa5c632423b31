import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSessionGate } from '../../../src-main/hosts/browser/session-gate.ts';
import { startServer, type RunningServer } from '../../../src-main/hosts/browser/start-server.ts';
import { openDesk } from './serve-desk.ts';

describe('the browser host and whoever finds its port', () => {
  let server: RunningServer;
  let opened: Awaited<ReturnType<typeof openDesk>>;
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  beforeEach(async () => {
    opened = await openDesk();
    const gate = createSessionGate(() => performance.now());
    server = await startServer({ desk: opened.desk, gate, pages: opened.folder.path });
    process.on('uncaughtException', note);
  });
  afterEach(async () => {
    process.off('uncaughtException', note);
    await server.close();
    await opened[Symbol.asyncDispose]();
  });

  async function line(): Promise<Socket> {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  }

  it('goes on when one that was refused hangs up before it hears so', async () => {
    const { host } = new URL(server.origin);
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const socket = await line();
      socket.write(
        `GET /core HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://elsewhere.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      );
      if (attempt % 2 === 1) await new Promise((resolve) => setImmediate(resolve));
      socket.resetAndDestroy();
    }
    expect((await fetch(`${server.origin}/nothing.txt`)).status).toBe(404);
    expect(uncaught).toEqual([]);
  });
});
