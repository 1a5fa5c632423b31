import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledOf, errorOf, openDesk } from './open-desk.ts';

const SECRET = 'aws_secret_access_key = of nobody\n';

describe('a page that names files', () => {
  it('comes by none that is not named as a plan, and changes none', async () => {
    const { core, folder } = await openDesk();
    const path = join(folder, 'credentials');
    await writeFile(path, SECRET);
    const base = 'sha256:00';
    const start = { path, base, folder, acceptCatalog: true, seen: base };
    const [first] = await core.plans.list();
    const refused: readonly (() => Promise<unknown>)[] = [
      () => core.plans.open({ path }),
      () => core.plans.write({ path, base, text: 'x' }),
      () => compiledOf(core, path),
      () => core.plans.saveAs({ path: first?.path ?? '', to: join(folder, '.profile') }),
      () => core.plans.create({ connection: 'sample', name: 'new', tables: [], path: join(folder, '.profile') }),
      () => core.runs.start(start),
    ];
    for (const call of refused) {
      const { code, message } = await errorOf(call());
      expect(code).toBe('PLAN/UNREADABLE');
      expect(message).not.toContain('aws');
    }
    expect(await readFile(path, 'utf8')).toBe(SECRET);
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining(['.profile']));
  });

  it('names them whole: there is no folder that they could be meant below', async () => {
    const { core } = await openDesk();
    const [first] = await core.plans.list();
    const { path, digest: base } = await core.plans.open({ path: first?.path ?? '' });
    expect((await errorOf(core.plans.open({ path: 'a.plan.yaml' }))).code).toBe('APP/PATH_RELATIVE');
    const wish = { path, folder: 'out', acceptCatalog: false, packageBytes: null };
    expect((await errorOf(core.plans.destination(wish))).code).toBe('APP/PATH_RELATIVE');
    expect((await errorOf(core.runs.start({ ...wish, base, seen: base }))).code).toBe('APP/PATH_RELATIVE');
    expect(await core.runs.list()).toEqual([]);
  });
});

describe('a new plan', () => {
  it('takes no name that leads out of its folder', async () => {
    const { core, home } = await openDesk();
    const before = await readdir(home);
    const { code, message } = await errorOf(core.plans.create({ connection: 'sample', name: '../out', tables: [] }));
    expect([code, message]).toEqual(['APP/INPUT_INVALID', expect.stringMatching(/^The value name /)]);
    expect(await readdir(home)).toEqual(before);
  });

  it('begins with the limits of the settings', async () => {
    const { core } = await openDesk();
    const create = (name: string) => core.plans.create({ connection: 'sample', name, tables: [['main', 'orders']] });
    expect((await create('without')).plan?.limits).toBeUndefined();
    await core.app.changeSettings({ limits: { statementTimeoutMs: 90_000 } });
    expect((await create('with')).plan?.limits).toEqual({ statementTimeoutMs: 90_000 });
  });
});
