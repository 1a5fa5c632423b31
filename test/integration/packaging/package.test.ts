import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { packWaybill } from '../../../scripts/lib/pack/pack-waybill.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { writeStubElectron } from '../../fakes/stub-electron.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { OpenDesktop } from '../electron/open-desktop.ts';

const PLATFORM = `${process.platform}-${process.arch}`;

describe('the desktop’s package (on a stub of Electron’s runtime)', () => {
  const folder = new TempFolder();
  let unpacked: string;
  let files: readonly string[];
  beforeAll(async () => {
    const electronDist = writeStubElectron(folder.join('runtime'), packageJson.devDependencies.electron);
    const output = await packWaybill(projectRoot, { targets: ['dir'], output: folder.join('release'), electronDist });
    unpacked = join(output, 'linux-unpacked');
    files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' });
  }, 300_000);
  afterAll(() => folder[Symbol.dispose]());
  const resource = (...parts: string[]): string => join(unpacked, 'resources', ...parts);
  const run = (command: string, args: readonly string[]): string =>
    execFileSync(command, args, {
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/bin', HOME: folder.path, TMPDIR: folder.path },
    });

  it('sets the fuses that keep its executable its own', async () => {
    const fuses = await getCurrentFuseWire(join(unpacked, 'waybill-desktop'));
    const expected = {
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    };
    for (const [fuse, isOn] of Object.entries(expected)) {
      expect({ fuse, state: fuses[Number(fuse) as FuseV1Options] }).toEqual({
        ...{ fuse, state: isOn ? FuseState.ENABLE : FuseState.DISABLE },
      });
    }
  });

  it('has the shell and the pages in its archive, and nothing else', () => {
    const listed = listPackage(resource('app.asar'), { isPack: false });
    const others = listed.filter((path) => !/^\/(?:dist|package\.json)/.test(path));
    expect(others).toEqual([]);
    expect(listed).toEqual(expect.arrayContaining(['/dist/desktop/main.mjs', '/dist/desktop/preload.cjs']));
    expect(listed).toContain('/dist/renderer/index.html');
    expect(listed.filter((path) => /\.map$|\.node$|node_modules|\.sha256$|\/cli\//.test(path))).toEqual([]);
  });

  it('brings no tests, no maps, no sources, and no other platform’s native parts', () => {
    const unwanted = /\.(?:map|ts|cc|gyp)$|(?:^|\/)(?:tests?|__tests__|examples)\/|\.env$|browser-host/;
    expect(files.filter((path) => unwanted.test(path))).toEqual([]);
    expect(files.filter((path) => path.endsWith('.node')).toSorted()).toEqual([
      `resources/cli/node_modules/keytar/prebuilds/${PLATFORM}/keytar.node`,
      `resources/cli/node_modules/oracledb/build/Release/oracledb-${packageJson.dependencies.oracledb}-${PLATFORM}.node`,
    ]);
  });

  it('brings the licence of everything in it', () => {
    for (const path of ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'resources/node/LICENSE']) {
      expect(statSync(join(unpacked, path)).size).toBeGreaterThan(10);
    }
    expect(readFileSync(resource('licences/waybill.txt'), 'utf8')).toContain('Apache License');
    const bundled = readFileSync(resource('licences/third-party.txt'), 'utf8');
    for (const name of ['react', 'react-dom', '@mui/material', 'zod', 'yaml', '@orpc/server', 'ws']) {
      expect(bundled).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
    }
    expect(bundled).not.toContain('brings no text of its own');
    const modules = resource('cli/node_modules');
    for (const name of readdirSync(modules)) {
      const said = readdirSync(join(modules, name)).filter((file) => /^(?:licen[cs]e|readme)/i.test(file));
      expect({ name, said: said.length > 0 }).toEqual({ name, said: true });
    }
  });

  it('runs the demo on its own Node, through a link from anywhere', () => {
    symlinkSync(resource('cli/waybill'), folder.join('waybill'));
    expect(run(folder.join('waybill'), ['--version'])).toContain(packageJson.version);
    const result = JSON.parse(run(folder.join('waybill'), ['demo', '--json', '--out', folder.join('demo')])) as {
      run: { state: string; tables: { verdict: string }[] };
      verify: { verdict: string };
    };
    expect(result.run.state).toBe('succeeded');
    expect(new Set(result.run.tables.map(({ verdict }) => verdict))).toEqual(new Set(['complete']));
    expect(result.verify.verdict).not.toBe('BROKEN');
  }, 120_000);

  it('loads its native parts on its own Node', () => {
    const script = `require(${JSON.stringify(resource('cli/node_modules/keytar'))}); process.stdout.write(process.execPath)`;
    expect(run(resource('node/node'), ['-e', script])).toBe(resource('node/node'));
  });

  it('starts the core that stands beside the archive (Electron double)', async () => {
    extractAll(resource('app.asar'), folder.join('archive'));
    const own = new TempFolder();
    const { resourcesPath } = process as { resourcesPath?: string };
    Object.assign(process, { resourcesPath: resource() });
    const desktop = await OpenDesktop.startFrom(folder.join('archive/dist/desktop'), {
      prepare: ({ app }) => (app.isPackaged = true),
      folder: own,
    });
    try {
      const { core } = await desktop.connect();
      expect((await core.app.facts()).home).toBe(own.join('home'));
      const { namespaces } = await core.catalog.summary({ connection: 'sample' });
      expect(namespaces[0]?.tables.length).toBeGreaterThan(3);
      const [child] = desktop.electron.system.forked;
      expect(child?.entry).toBe(resource('cli/desktop-core.mjs'));
      expect(child?.sent[0]).toMatchObject({ node: resource('node/node') });
      expect(desktop.window.options.webPreferences?.devTools).toBe(false);
    } finally {
      await desktop[Symbol.asyncDispose]();
      Object.assign(process, { resourcesPath });
    }
  }, 60_000);

  it('has icons of whole pixels for every system', () => {
    const icons = join(projectRoot, 'dist/icons');
    const sizes = readdirSync(join(icons, 'png')).map((name) => Number.parseInt(name, 10));
    expect(sizes.toSorted((left, right) => left - right)).toEqual([16, 24, 32, 48, 64, 128, 256, 512]);
    for (const size of sizes) {
      const png = readFileSync(join(icons, `png/${size}x${size}.png`));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
    const ico = readFileSync(join(icons, 'icon.ico'));
    expect(ico.readUInt16LE(4)).toBe(7);
    expect(
      ico
        .subarray(ico.readUInt32LE(6 + 12))
        .subarray(1, 4)
        .toString('latin1'),
    ).toBe('PNG');
    const icns = readFileSync(join(icons, 'icon.icns'));
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  });
});
