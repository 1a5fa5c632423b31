import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultHome } from '../../../src-main/store/default-home.ts';
import { createDocuments } from '../../../src-main/store/documents.ts';
import { createNodeStore } from '../../../src-main/store/node-store.ts';
import { openHome, readHome } from '../../../src-main/store/open-home.ts';
import { createLocks } from '../../../src-main/store/sqlite-locks.ts';
import { createFaultStore } from '../../fakes/fault-store.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const store = createNodeStore();

describe('a home', () => {
  it('is made with its folders and found again', async () => {
    using folder = new TempFolder();
    const root = folder.join('deep/home');
    expect(await readHome(store, root)).toBeNull();
    const made = await openHome(store, root);
    expect(made.throwAway).toBe(false);
    const again = await openHome(store, root, { throwAway: true });
    expect(again.installation).toBe(made.installation);
    expect(again.throwAway).toBe(false);
    for (const path of [root, made.paths.keysFolder, made.paths.ledgerFolder, made.paths.runsFolder]) {
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
    expect(statSync(made.paths.home).mode & 0o777).toBe(0o600);
  });

  it('remembers that it is throw-away', async () => {
    using folder = new TempFolder();
    await openHome(store, folder.path, { throwAway: true });
    expect((await readHome(store, folder.path))?.throwAway).toBe(true);
  });

  it('is the same for all who make it at once', async () => {
    using folder = new TempFolder();
    const made = await Promise.all(Array.from({ length: 8 }, () => openHome(store, folder.join('home'))));
    expect(new Set(made.map((home) => home.installation)).size).toBe(1);
  });

  it('of a newer layout is refused and left as it is', async () => {
    using folder = new TempFolder();
    const { paths } = await openHome(store, folder.path);
    const newer = '{"waybillHome":2,"installation":"in another form"}';
    writeFileSync(paths.home, newer);
    await expect(openHome(store, folder.path)).rejects.toMatchObject({ code: 'HOME/NEWER', kind: 'unsupported' });
    expect(readFileSync(paths.home, 'utf8')).toBe(newer);
  });

  for (const content of [
    '',
    '{',
    '[]',
    '{"waybillHome":0}',
    '{"waybillHome":1}',
    '{"waybillHome":1,"installation":"x"}',
  ]) {
    it(`described by ${content || 'nothing'} is reported, never rebuilt`, async () => {
      using folder = new TempFolder();
      writeFileSync(folder.join('home.json'), content);
      await expect(openHome(store, folder.path)).rejects.toMatchObject({ code: 'HOME/UNREADABLE' });
      expect(readFileSync(folder.join('home.json'), 'utf8')).toBe(content);
    });
  }

  it('lies where the system keeps application data', () => {
    const linux = { platform: 'linux', userFolder: '/home/u', environment: {} } as const;
    expect(defaultHome(linux)).toBe('/home/u/.local/share/waybill');
    expect(defaultHome({ ...linux, environment: { XDG_DATA_HOME: '/d' } })).toBe('/d/waybill');
    expect(defaultHome({ ...linux, environment: { XDG_DATA_HOME: 'relative' } })).toBe('/home/u/.local/share/waybill');
    expect(defaultHome({ ...linux, platform: 'darwin' })).toBe('/home/u/Library/Application Support/Waybill');
    const windows = { platform: 'win32', userFolder: 'C:\\Users\\u', environment: {} } as const;
    expect(defaultHome(windows)).toBe('C:\\Users\\u\\AppData\\Local\\Waybill');
  });
});

describe('a document', () => {
  const schema = z.strictObject({ names: z.array(z.string()) });
  const open = (path: string) =>
    createDocuments(store, createLocks()).document({ path, schema, initial: { names: [] } });

  it('begins with its initial value and keeps what was written', async () => {
    using folder = new TempFolder();
    const document = open(folder.join('names.json'));
    expect(await document.read()).toEqual({ names: [] });
    await document.update(({ names }) => ({ names: [...names, 'a'] }));
    expect(await open(folder.join('names.json')).read()).toEqual({ names: ['a'] });
    expect(statSync(folder.join('names.json')).mode & 0o777).toBe(0o600);
  });

  it('loses no update of several at once', async () => {
    using folder = new TempFolder();
    const names = Array.from({ length: 12 }, (_, i) => `name ${i}`);
    await Promise.all(
      names.map((name) => open(folder.join('names.json')).update((now) => ({ names: [...now.names, name] }))),
    );
    expect((await open(folder.join('names.json')).read()).names.sort()).toEqual(names.sort());
  });

  it('makes the updates of one process in their order', async () => {
    using folder = new TempFolder();
    const documents = createDocuments(store, createLocks());
    const names = Array.from({ length: 24 }, (_, i) => `name ${i}`);
    const options = { path: folder.join('names.json'), schema, initial: { names: [] } };
    const wrong = documents.document(options).update(() => {
      throw new Error('no change');
    });
    const made = names.map((name) => documents.document(options).update((now) => ({ names: [...now.names, name] })));
    await expect(wrong).rejects.toThrow('no change');
    await Promise.all(made);
    expect((await documents.document(options).read()).names).toEqual(names);
  });

  for (const content of ['', '{', '{"names":1}', '{"names":[],"more":1}']) {
    it(`holding ${content || 'nothing'} is reported, never rebuilt`, async () => {
      using folder = new TempFolder();
      writeFileSync(folder.join('names.json'), content);
      const document = open(folder.join('names.json'));
      await expect(document.read()).rejects.toMatchObject({ code: 'HOME/UNREADABLE' });
      await expect(document.update((now) => now)).rejects.toMatchObject({ code: 'HOME/UNREADABLE' });
      expect(readFileSync(folder.join('names.json'), 'utf8')).toBe(content);
    });
  }

  it('keeps its old content when the disk is full', async () => {
    using folder = new TempFolder();
    await open(folder.join('names.json')).update(() => ({ names: ['old'] }));
    const full = createFaultStore(store, { fault: 'ENOSPC', nth: 1 });
    const document = createDocuments(full, createLocks()).document({
      path: folder.join('names.json'),
      schema,
      initial: { names: [] },
    });
    await expect(document.update(() => ({ names: ['new'] }))).rejects.toMatchObject({ code: 'SPOOL/DISK_FULL' });
    expect(await document.read()).toEqual({ names: ['old'] });
  });
});
