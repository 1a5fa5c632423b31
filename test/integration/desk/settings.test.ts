import { createRouterClient } from '@orpc/server';
import { chmod, chown, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INITIAL_SETTINGS, settingsSchema } from '../../../src-main/app/desk/settings-file.ts';
import { router } from '../../../src-main/app/desk/router.ts';
import { createDocuments } from '../../../src-main/store/documents.ts';
import { createFaultStore } from '../../fakes/fault-store.ts';
import { asNobody, NOBODY } from './as-nobody.ts';
import { errorOf, openDesk } from './open-desk.ts';

describe('a preference that cannot be saved', () => {
  it('is told in a home that nobody may write in, and stays as it was', async () => {
    const { core, home, folder } = await openDesk();
    await core.app.changeSettings({ theme: 'dark' });
    const change = () => core.app.changeSettings({ theme: 'light' });
    // Rights do not bind root, and nobody else can give a folder away.
    const isRoot = process.getuid?.() === 0;
    for (const path of isRoot ? [folder, home, ...(await readdir(home)).map((name) => join(home, name))] : []) {
      await chown(path, NOBODY, NOBODY);
    }
    await chmod(home, 0o500);
    const { code, message, remedy } = await errorOf(isRoot ? asNobody(change) : change());
    await chmod(home, 0o700);
    expect([code, message]).toEqual([
      'HOME/UNWRITABLE',
      `The change was not saved: nothing can be written to ${home}.`,
    ]);
    expect(remedy).toMatch(/rights/);
    expect((await core.app.settings()).theme).toBe('dark');
  });

  it('is told on a full disk, and stays as it was', async () => {
    const { desk, home } = await openDesk();
    const store = createFaultStore(desk.core.store, { fault: 'ENOSPC', nth: 1, lasting: true });
    const settings = createDocuments(store, desk.core.locks).document({
      ...{ path: desk.core.home.settings, schema: settingsSchema, initial: INITIAL_SETTINGS },
    });
    const core = createRouterClient(router, { context: { desk: { ...desk, settings } } });
    const { code, message, remedy } = await errorOf(core.app.changeSettings({ theme: 'dark' }));
    expect([code, message]).toEqual([
      'SPOOL/DISK_FULL',
      `The change was not saved: there is no space left for ${home}.`,
    ]);
    expect(remedy).toMatch(/^Free/);
    expect((await core.app.settings()).theme).toBe('system');
  });
});
