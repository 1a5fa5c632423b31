import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureRuntime } from '../../../scripts/lib/electron/fetch-runtime.mjs';
import { executableIn, findRuntime } from '../../../scripts/lib/electron/find-runtime.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';

const VERSION = '45.4.1';
const ARCHIVE = `electron-v${VERSION}-${process.platform}-${process.arch}.zip`;

describe('Electron’s runtime', () => {
  let folder: TempFolder;
  let server: Server;
  let asked: string[];
  let answer: RequestListener;
  beforeEach(async () => {
    folder = new TempFolder();
    asked = [];
    mkdirSync(folder.join('electron'));
    writeFileSync(folder.join('electron/package.json'), JSON.stringify({ name: 'electron', version: VERSION }));
    writeFileSync(folder.join('electron/checksums.json'), JSON.stringify({ [ARCHIVE]: '0'.repeat(64) }));
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    folder[Symbol.dispose]();
  });

  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ensure = (env: Record<string, string> = {}, more: { again?: boolean; firstByteMs?: number } = {}) =>
    ensureRuntime({
      electronPackage: folder.join('electron'),
      memory: folder.join('memory.json'),
      node: process.execPath,
      env: {
        ...{ PATH: process.env.PATH, HOME: folder.path, TMPDIR: folder.path, XDG_CACHE_HOME: folder.join('cache') },
        ...{ ELECTRON_MIRROR: address(), ...env },
      },
      ...more,
    });

  /** A mirror that has the archive, and its checksums if they are asked for. */
  function serveArchive(): void {
    const runtime = folder.join('runtime');
    mkdirSync(runtime);
    writeFileSync(executableIn(runtime), '#!/bin/sh\n');
    chmodSync(executableIn(runtime), 0o755);
    writeFileSync(`${runtime}/version`, VERSION);
    execFileSync('python3', ['-m', 'zipfile', '-c', folder.join(ARCHIVE), 'electron', 'version'], { cwd: runtime });
    const bytes = readFileSync(folder.join(ARCHIVE));
    const sum = createHash('sha256').update(bytes).digest('hex');
    answer = ({ url = '' }, response) =>
      void response.end(url.endsWith('SHASUMS256.txt') ? `${sum} *${ARCHIVE}\n` : bytes);
  }

  it('is used where it lies, without a request', async () => {
    const elsewhere = folder.join('elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(executableIn(elsewhere), '');
    expect(await ensure({ ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toEqual({ path: executableIn(elsewhere) });
    expect(await ensure({ ELECTRON_OVERRIDE_DIST_PATH: folder.join('nowhere') })).toMatchObject({ path: null });
    mkdirSync(folder.join('electron/dist'));
    writeFileSync(executableIn(folder.join('electron/dist')), '');
    expect(findRuntime(folder.join('electron'), {})).toBeNull();
    writeFileSync(folder.join('electron/dist/version'), VERSION);
    expect(await ensure()).toEqual({ path: executableIn(folder.join('electron/dist')) });
    expect(asked).toEqual([]);
  });

  it('comes from the mirror that is named', async () => {
    serveArchive();
    const { path } = await ensure({ electron_use_remote_checksums: '1' });
    expect(path).toBe(executableIn(folder.join('electron/dist')));
    expect(asked[0]).toBe(`/v${VERSION}/${ARCHIVE}`);
    execFileSync(path ?? '');
    expect(readFileSync(folder.join('electron/path.txt'), 'utf8')).toBe(executableIn(''));
    expect(existsSync(folder.join('memory.json'))).toBe(false);
  });

  it('is not taken from a mirror that has something else under its name', async () => {
    serveArchive();
    const refused = await ensure();
    expect(refused).toMatchObject({ path: null, why: expect.stringContaining('checksum') as string });
    expect(readdirSync(folder.join('electron')).toSorted()).toEqual(['checksums.json', 'package.json']);
  });

  it('is given up when nobody answers in time', async () => {
    answer = () => undefined;
    const startedAt = Date.now();
    const refused = await ensure({}, { firstByteMs: 300 });
    expect(refused).toMatchObject({ path: null, why: expect.stringMatching(/did not answer within 0\.3 s/) as string });
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(readdirSync(folder.join('electron')).toSorted()).toEqual(['checksums.json', 'package.json']);
  });

  it('is given up when an answer begins and no byte of it comes', async () => {
    answer = (_request, response) => response.writeHead(200).flushHeaders();
    expect(await ensure({}, { firstByteMs: 300 })).toMatchObject({
      why: expect.stringContaining('did not answer') as string,
    });
  });

  it('is asked for once: a failure is remembered until the way to it changes, or somebody insists', async () => {
    answer = (_request, response) => void response.writeHead(404).end();
    expect(await ensure()).toMatchObject({ path: null, isOld: false, why: expect.stringContaining('404') as string });
    expect(await ensure()).toMatchObject({ path: null, isOld: true, why: expect.stringContaining('404') as string });
    expect(asked).toHaveLength(1);
    await ensure({ ELECTRON_MIRROR: `${address()}other/` });
    expect(asked).toHaveLength(2);
    await ensure({}, { again: true });
    expect(asked).toHaveLength(3);
  });

  it('says who cannot be reached', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await ensure({ ELECTRON_MIRROR: `http://127.0.0.1:${port}/` })).toMatchObject({
      why: `127.0.0.1:${port} cannot be reached (ECONNREFUSED)`,
    });
  });

  it.each(['HTTP_PROXY', 'npm_config_proxy'])('goes through the proxy of %s', async (name) => {
    const tunnels: string[] = [];
    server.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    answer = (_request, response) => void response.writeHead(403).end();
    await ensure({ ELECTRON_MIRROR: 'http://mirror.invalid/', [name]: address(), NO_PROXY: '' });
    expect([...tunnels, ...asked].join()).toContain('mirror.invalid');
  });
});
