import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { executableIn } from '../../../scripts/lib/electron/find-runtime.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

describe('npm start', () => {
  let folder: TempFolder;
  let started: { child: ChildProcess; said: string; ended: Promise<Ended> }[];
  beforeEach(() => {
    folder = new TempFolder();
    started = [];
  });
  afterEach(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGTERM');
      await ended;
    }
    folder[Symbol.dispose]();
  });

  function start(args: readonly string[], env: Record<string, string> = {}): (typeof started)[number] {
    const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: folder.path,
        TMPDIR: folder.path,
        WAYBILL_PASSPHRASE: 'x'.repeat(20),
        ...env,
      },
    });
    const ended = new Promise<Ended>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    const run = { child, said: '', ended };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (run.said += text));
    }
    started.push(run);
    return run;
  }

  /** An Electron that notes how it was started. */
  function stubElectron(script: string): string {
    const runtime = folder.join('runtime');
    mkdirSync(runtime);
    writeFileSync(executableIn(runtime), `#!/bin/sh\n${script}\n`);
    chmodSync(executableIn(runtime), 0o755);
    return runtime;
  }

  it('says which file opens it where there is no display and no browser, and keeps running', async () => {
    const run = start(['--home', folder.join('home'), '--no-open']);
    await expect.poll(() => run.said, { timeout: 120_000 }).toMatch(/Open this file in a browser.*\.html$/m);
    expect(run.said).toContain('There is no display here: Waybill opens in a browser.');
    const page = /: (\/\S+\.html)$/m.exec(run.said)?.[1] ?? '';
    expect(readFileSync(page, 'utf8')).toContain('#launch=');
    expect(existsSync(folder.join('home/home.json'))).toBe(true);
    expect(run.child.exitCode).toBeNull();
    run.child.kill('SIGTERM');
    expect(await run.ended).toMatchObject({ code: 0 });
  }, 180_000);

  it('opens Electron with the project, the home and our own Node, and ends with it', async () => {
    const runtime = stubElectron(`echo "$@" "node=$WAYBILL_NODE" >${folder.join('started')}; exit 0`);
    const run = start(['--host', 'electron', '--home', 'a home'], {
      ...{ ELECTRON_OVERRIDE_DIST_PATH: runtime, npm_lifecycle_event: 'start', INIT_CWD: folder.path },
    });
    expect(await run.ended).toEqual({ code: 0, signal: null });
    const given = readFileSync(folder.join('started'), 'utf8');
    expect(given).toContain(`${projectRoot} --home ${folder.join('a home')} node=`);
    const node = given.trim().split('node=')[1] ?? '';
    expect(execFileSync(node, ['-p', 'process.versions.electron ?? "plain"'], { encoding: 'utf8' })).toBe('plain\n');
  }, 180_000);

  it('fails, with the way out, where Electron was asked for and cannot be had', async () => {
    const run = start(['--host', 'electron'], { ELECTRON_OVERRIDE_DIST_PATH: folder.join('nowhere') });
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.said).toMatch(/holds no Electron\.\n→ Start with --host browser\.\n/);
  }, 180_000);

  it('says so where Electron ends at once', async () => {
    const run = start(['--host', 'electron'], { ELECTRON_OVERRIDE_DIST_PATH: stubElectron('kill -TRAP $$') });
    expect(await run.ended).toEqual({ code: 1, signal: null });
    expect(run.said).toContain('Electron ended at once (SIGTRAP).');
  }, 180_000);

  it('refuses what it does not know, and explains itself', async () => {
    const unknown = start(['--hots', 'browser']);
    expect((await unknown.ended).code).toBe(1);
    expect(unknown.said).toContain('--hots');
    const help = start(['--help']);
    expect((await help.ended).code).toBe(0);
    expect(help.said).toContain('--host electron|browser');
  });
});
