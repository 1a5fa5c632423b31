import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { ensurePages } from '../../../scripts/lib/ensure-pages.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { addressIn, launchFileOf } from './rig.ts';

/** Asks with any header, as a program can and a page cannot. */
function ask(url: URL, given: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const sent = request(url, { method: given.method ?? 'GET', headers: given.headers ?? {} }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    sent.once('error', reject);
    sent.end(given.body);
  });
}

interface Heard {
  readonly frames: string[];
  readonly closed: number | 'refused';
}

/** Opens a socket, sends a first frame, and listens until it closes. */
function speak(origin: URL, { headers, first }: { headers: Record<string, string>; first: string }): Promise<Heard> {
  return new Promise((resolve) => {
    const frames: string[] = [];
    const socket = new WebSocket(`ws://${origin.host}/core`, { headers });
    socket.on('open', () => socket.send(first));
    socket.on('message', (data: Buffer) => frames.push(data.toString('utf8')));
    socket.on('error', () => resolve({ frames, closed: 'refused' }));
    socket.on('close', (code) => resolve({ frames, closed: code }));
  });
}

describe('the browser host, met by others', () => {
  const folder = new TempFolder();
  let host: ChildProcess;
  let launchFile: string;
  let address: URL;
  let launch: string;
  beforeAll(async () => {
    await ensureBuilt(projectRoot);
    await ensurePages(projectRoot);
    host = spawn(pinnedNode(projectRoot), ['dist/cli/browser-host.mjs', '--home', folder.join('home'), '--no-open'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: folder.path, TMPDIR: folder.path, WAYBILL_PASSPHRASE: 'kept from children' },
    });
    launchFile = await launchFileOf(host);
    address = addressIn(launchFile);
    launch = address.hash.replace('#launch=', '');
  });
  afterAll(async () => {
    const gone = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await gone;
    folder[Symbol.dispose]();
  });
  const own = (): Record<string, string> => ({ host: address.host, origin: address.origin });
  const session = (): URL => new URL('/session', address.origin);

  it('keeps its secret out of every argument and environment that others can read', () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const file of ['cmdline', 'environ']) {
        let text = '';
        try {
          text = readFileSync(`/proc/${pid}/${file}`, 'latin1');
        } catch {
          continue; // it ended meanwhile
        }
        expect(text).not.toContain(launch);
      }
    }
    expect(statSync(launchFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(launchFile)).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['another name for this machine', { host: 'localhost:1' }],
    ['a name that was made to lead here', { host: 'attacker.example' }],
    ['its address without the port', { host: '127.0.0.1' }],
  ])('answers 403 to %s, whatever is asked for', async (_what, headers) => {
    for (const path of ['/', '/index.html', '/session', '/core']) {
      const { status, body } = await ask(new URL(path, address.origin), { headers });
      expect([400, 403]).toContain(status);
      expect(body).not.toContain('Waybill');
    }
  });

  it('gives no session to a page of another server, even with the right secret', async () => {
    const foreign = { ...own(), origin: 'http://127.0.0.1:1' };
    expect((await ask(session(), { method: 'POST', headers: foreign, body: launch })).status).toBe(403);
    const none = { host: address.host };
    expect((await ask(session(), { method: 'POST', headers: none, body: launch })).status).toBe(403);
    expect((await ask(session(), { headers: own() })).status).toBe(403);
  });

  it('opens no socket for a page of another server', async () => {
    const headers = { ...own(), origin: 'http://127.0.0.1:1' };
    expect(await speak(address, { headers, first: launch })).toEqual({ frames: [], closed: 'refused' });
  });

  it('hears nothing from a socket that does not know the session key, and says nothing to it', async () => {
    for (const first of ['', 'ready', launch, '{"i":"1","p":{"u":"/app/facts"}}', 'x'.repeat(100_000)]) {
      const heard = await speak(address, { headers: own(), first });
      expect(heard.frames).toEqual([]);
      expect(heard.closed).toBe(1008);
    }
  });

  it('swaps the secret once, and never again', async () => {
    const first = await ask(session(), { method: 'POST', headers: own(), body: launch });
    expect(first.status).toBe(200);
    expect(first.headers['set-cookie']).toBeUndefined();
    expect((await ask(session(), { method: 'POST', headers: own(), body: launch })).status).toBe(403);
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = new WebSocket(`ws://${address.host}/core`, { headers: own() });
      socket.on('open', () => socket.send(first.body));
      socket.once('message', (data: Buffer) => {
        resolve(data.toString('utf8'));
        socket.close();
      });
      socket.once('close', () => reject(new Error('closed')));
    });
    expect(heard).toBe('ready');
  });

  it('serves its own files only', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/assets/..%2f..%2fcli/cli.mjs',
      '/.inputs.sha256',
      '//etc/passwd',
      '/assets/',
    ]) {
      const { status } = await ask(new URL(`http://${address.host}${path}`), { headers: own() });
      expect({ path, status }).toEqual({ path, status: 404 });
    }
  });

  it('forbids scripts of others, frames and forms, with a nonce of its own for each page', async () => {
    const policies = await Promise.all(
      [1, 2].map(async () =>
        String((await ask(new URL('/', address.origin), { headers: own() })).headers['content-security-policy']),
      ),
    );
    const [first = '', second = ''] = policies;
    expect(first).toContain("default-src 'none'");
    expect(first).toContain("script-src 'self';");
    expect(first).toContain("frame-ancestors 'none'");
    expect(first).not.toContain('unsafe');
    expect(first).not.toBe(second);
  });
});
