import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { ensurePages } from '../../../scripts/lib/ensure-pages.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { coreOver, type Transport } from '../../../src-renderer/rpc/core-link.ts';
import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import { newTestHome, openDesk, PASSPHRASE, reviewed, type TestHome } from '../../integration/desk/runs-rig.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { addressIn, launchFileOf } from './rig.ts';

const LIMIT_MS = 2000;

/** A socket that asks for the core in another page's name, is refused, and stays on the line. */
async function lingerAt(address: URL): Promise<Socket> {
  const socket = connect({ host: address.hostname, port: Number(address.port), allowHalfOpen: true });
  await once(socket, 'connect');
  socket.write(`GET /core HTTP/1.1\r\nHost: ${address.host}\r\nOrigin: http://evil.example\r\n`);
  socket.write('Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n');
  socket.write(`Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`);
  await once(socket, 'data');
  return socket;
}

/** The core as a page has it. */
async function coreAt(address: URL): Promise<CoreClient> {
  const launch = address.hash.replace('#launch=', '');
  const headers = { origin: address.origin };
  const session = await (await fetch(new URL('/session', address), { method: 'POST', headers, body: launch })).text();
  const socket = new WebSocket(`ws://${address.host}/core`, { headers });
  await once(socket, 'open');
  socket.send(session);
  await once(socket, 'message');
  const closed = once(socket, 'close').then(() => 'core' as const);
  // A socket of `ws` does what the link asks of one; its listeners are typed in another way.
  const link: Transport['link'] = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return coreOver({ link, closed }).core;
}

describe('the browser host that is told to end', { timeout: 120_000 }, () => {
  let database: TestDatabase<PostgresAddress>;
  let home: TestHome;
  beforeAll(async () => {
    await Promise.all([ensureBuilt(projectRoot), ensurePages(projectRoot)]);
    database = await newPostgresDatabase();
    await database.sql('create table slow as select n as id from generate_series(1, 100000) n; analyze;');
    home = newTestHome();
    const { core } = await home.open();
    const { host, port, user, password } = database.server;
    await core.connections.add({
      ...{ name: 'shop', connector: 'postgres', production: false, color: 'blue', password },
      options: { host, port, user, database: database.name, tls: 'disable' },
    });
  });
  afterAll(async () => {
    await home[Symbol.asyncDispose]();
    await database.drop();
  });

  const start = async (): Promise<{ host: ChildProcess; address: URL }> => {
    const host = spawn(
      pinnedNode(projectRoot),
      ['dist/cli/browser-host.mjs', '--home', home.folder.join('home'), '--no-open'],
      {
        ...{ cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] },
        env: { PATH: process.env.PATH, HOME: home.folder.path, WAYBILL_PASSPHRASE: PASSPHRASE },
      },
    );
    return { host, address: addressIn(await launchFileOf(host)) };
  };
  const end = async (host: ChildProcess): Promise<{ code: number | null; ms: number }> => {
    const began = performance.now();
    const gone = once(host, 'exit');
    host.kill('SIGTERM');
    const impatience = setTimeout(() => host.kill('SIGKILL'), 10_000);
    const [code] = (await gone) as [number | null];
    clearTimeout(impatience);
    return { code, ms: performance.now() - began };
  };

  it('ends although somebody who was refused stays on the line', async () => {
    const { host, address } = await start();
    const socket = await lingerAt(address);
    const { code, ms } = await end(host);
    socket.destroy();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(LIMIT_MS);
  });

  it('cancels a run that is under way and writes that down, with a page and a session open', async () => {
    const { host, address } = await start();
    const core = await coreAt(address);
    const text = `waybill: 1\nname: crm\npurpose: test\nconnection: shop\ntables: [{ table: public.slow, where: "pg_sleep(0.01) is not null" }]\nformat: { type: csv }\n`;
    const wish = home.plan(text);
    await core.plans.count({ path: wish.path, tables: ['public.slow'], exact: false });
    const { run } = await core.runs.start(await reviewed(core, wish));
    for await (const { summary, tables } of await core.runs.watch({ run })) {
      if (summary.state === 'running' && tables.some(({ state }) => state === 'reading')) break;
    }
    const { code, ms } = await end(host);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(LIMIT_MS);
    const later = await openDesk(home.folder.join('home'));
    const [stored] = await later.core.runs.list();
    await later.close();
    expect(stored).toMatchObject({ run, state: 'cancelled' });
    expect(
      await database.sql(
        `select count(*) from pg_stat_activity where query like '%pg_sleep(0.01)%' and state = 'active' and pid <> pg_backend_pid()`,
      ),
    ).toContain('0');
  });
});
