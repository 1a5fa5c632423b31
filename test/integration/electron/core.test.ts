import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { CORE_CLOSED_MESSAGE } from '../../../src-shared/contract/desktop-bridge.ts';
import { OpenDesktop } from './open-desktop.ts';

describe('the core behind the desktop’s window (Electron double)', () => {
  let desktop: OpenDesktop;
  afterEach(() => desktop[Symbol.asyncDispose]());

  it('answers the page through its own process', async () => {
    desktop = await OpenDesktop.start();
    const { core } = await desktop.connect();
    const facts = await core.app.facts();
    expect(facts.home).toBe(desktop.folder.join('home'));
    expect(facts.documents).toBe(desktop.folder.path);
    const { namespaces } = await core.catalog.summary({ connection: 'sample' });
    expect(namespaces[0]?.tables.length).toBeGreaterThan(3);
  });

  it('runs its children on the Node that comes with it, never on Electron’s executable', async () => {
    desktop = await OpenDesktop.start((_electron, folder) => {
      const node = folder.join('node');
      writeFileSync(node, `#!/bin/sh\necho "$1" >>${folder.join('ran')}\nexec ${pinnedNode(projectRoot)} "$@"\n`);
      chmodSync(node, 0o755);
      process.env.WAYBILL_NODE = node;
    });
    const { core } = await desktop.connect();
    await core.catalog.summary({ connection: 'sample' });
    expect(readFileSync(desktop.folder.join('ran'), 'utf8')).toContain('reader-child');
  });

  it('takes the passphrase out of the environment before it starts anything', async () => {
    desktop = await OpenDesktop.start();
    await desktop.connect();
    expect(process.env.WAYBILL_PASSPHRASE).toBeUndefined();
    const [child] = desktop.electron.system.forked;
    expect(JSON.stringify(child?.options)).not.toContain('horse');
  });

  it('survives the core: the page hears that it is gone, and a reload starts another', async () => {
    desktop = await OpenDesktop.start();
    const first = await desktop.connect();
    await first.core.app.facts();
    const heard: unknown[] = [];
    desktop.window.webContents.page?.window.addEventListener('message', ({ data }) => heard.push(data));
    const { forked } = desktop.electron.system;
    forked[0]?.kill();
    await first.closed;
    await expect(first.core.app.facts()).rejects.toMatchObject({ code: 'APP/CORE_LOST' });
    await expect.poll(() => heard).toContain(CORE_CLOSED_MESSAGE);
    expect(desktop.window.isDestroyed()).toBe(false);
    desktop.window.webContents.reload();
    const second = await desktop.connect();
    expect((await second.core.app.facts()).version).toMatch(/\d/);
    expect(forked).toHaveLength(2);
  });

  it('says in a dialog why the core cannot start, and tries again when told to', async () => {
    desktop = await OpenDesktop.start((electron, folder) => {
      mkdirSync(folder.join('home'));
      writeFileSync(folder.join('home/home.json'), '{"waybill":999}');
      electron.system.answerNext({ response: 0 });
    });
    const { page } = desktop.window.webContents;
    const lost = await desktop.connect();
    await lost.closed;
    await expect.poll(() => desktop.window.webContents.page === page, { timeout: 10_000 }).toBe(false);
    const [said] = desktop.asked('showMessageBox') as { message: string; detail: string }[];
    expect(said?.message).toMatch(/^HOME\/\w+: /);
    expect(said?.detail).not.toBe('');
    rmSync(desktop.folder.join('home'), { recursive: true });
    const { core } = await desktop.connect();
    expect((await core.app.facts()).home).toBe(desktop.folder.join('home'));
  });

  it('ends the core before the application, when the window is closed', async () => {
    desktop = await OpenDesktop.start();
    const { core } = await desktop.connect();
    await core.app.facts();
    const [child] = desktop.electron.system.forked;
    let ended = false;
    child?.once('exit', () => (ended = true));
    desktop.window.close();
    await expect.poll(() => desktop.electron.app.hasQuit, { timeout: 10_000 }).toBe(true);
    expect(ended).toBe(true);
    expect(child?.sent.at(-1)).toEqual({ kind: 'end' });
  });

  it('asks before it quits while an export or a delivery is under way, keeps the machine awake and shows the progress', async () => {
    desktop = await OpenDesktop.start();
    await desktop.connect();
    const { app, system } = desktop.electron;
    system.forked[0]?.emit('message', { kind: 'work', runs: 1, deliveries: 0 });
    expect(desktop.asked('powerSaveBlocker.start')).toEqual(['prevent-app-suspension']);
    expect(desktop.window.progress).toBe(2);
    desktop.bridge.setProgress(0.25);
    expect(desktop.window.progress).toBe(0.25);
    system.answerNext({ response: 0 });
    app.quit();
    await wait(50);
    expect(desktop.asked('showMessageBox')).toHaveLength(1);
    expect(app.hasQuit).toBe(false);
    system.forked[0]?.emit('message', { kind: 'work', runs: 0, deliveries: 1 });
    expect(desktop.asked('powerSaveBlocker.stop')).toEqual([]);
    expect(desktop.window.progress).toBe(2);
    system.answerNext({ response: 0 });
    app.quit();
    await wait(50);
    expect(desktop.asked('showMessageBox').map((asked) => (asked as { message: string }).message)).toEqual([
      'An export is running.',
      'A delivery is under way.',
    ]);
    expect(app.hasQuit).toBe(false);
    system.forked[0]?.emit('message', { kind: 'work', runs: 0, deliveries: 0 });
    expect(desktop.asked('powerSaveBlocker.start')).toHaveLength(1);
    expect(desktop.asked('powerSaveBlocker.stop')).toEqual([7]);
    expect(desktop.window.progress).toBe(-1);
    app.quit();
    await expect.poll(() => app.hasQuit, { timeout: 10_000 }).toBe(true);
  });

  it('shows a folder that the core names, and opens none', async () => {
    desktop = await OpenDesktop.start();
    await desktop.connect();
    const [child] = desktop.electron.system.forked;
    for (const path of [desktop.folder.path, 'relative', '/nowhere/at/all', 7]) {
      child?.emit('message', { kind: 'reveal', path });
    }
    expect(desktop.asked('showItemInFolder')).toEqual([desktop.folder.path]);
    expect(desktop.asked('openExternal')).toEqual([]);
  });
});
