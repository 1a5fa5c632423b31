import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asNobody } from './as-nobody.ts';
import { errorOf, openDesk } from './open-desk.ts';

describe('choosing files and folders', () => {
  it('lists folders first, leaves hidden names out, and takes links for what they lead to', async () => {
    const { core, folder } = await openDesk();
    await mkdir(join(folder, 'out'));
    await mkdir(join(folder, 'out', 'b10'));
    await mkdir(join(folder, 'out', 'b9'));
    await mkdir(join(folder, 'out', '.hidden'));
    await writeFile(join(folder, 'out', 'a.plan.yaml'), 'waybill: 1');
    await symlink(join(folder, 'out', 'b9'), join(folder, 'out', 'a link'));
    await symlink(join(folder, 'nowhere'), join(folder, 'out', 'dangling'));

    const view = await core.files.list({ path: join(folder, 'out') });

    expect(view.entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['a link', 'folder'],
      ['b9', 'folder'],
      ['b10', 'folder'],
      ['a.plan.yaml', 'file'],
      ['dangling', 'other'],
    ]);
    expect(view.entries[3]).toMatchObject({ bytes: 10, modified: expect.stringMatching(/^\d{4}-/) as string });
    expect(view).toMatchObject({ path: join(folder, 'out'), parent: folder, left: 0 });
    expect(view.freeBytes).toBeGreaterThan(0);
  });

  it('begins where documents go, and knows the way to the root', async () => {
    const { core, folder } = await openDesk();
    const view = await core.files.list({ path: null });
    expect(view.path).toBe(folder);
    expect(view.places).toContainEqual({ kind: 'documents', path: folder });
    expect(view.places).toContainEqual({ kind: 'volume', path: '/' });
    expect((await core.files.list({ path: '/' })).parent).toBeNull();
  });

  it('understands a path as people type it', async () => {
    const { core, folder } = await openDesk();
    expect((await core.files.list({ path: '~' })).path).toBe(homedir());
    expect((await core.files.list({ path: ` ${folder}/ ` })).path).toBe(folder);
    expect((await core.files.list({ path: `${folder}/../` })).path).toBe(dirname(folder));
    expect(await errorOf(core.files.list({ path: 'out' }))).toMatchObject({ code: 'SPOOL/ABSENT' });
  });

  it('says in plain words why a folder cannot be shown', async () => {
    const { core, folder } = await openDesk();
    await writeFile(join(folder, 'file'), '');
    const absent = await errorOf(core.files.list({ path: join(folder, 'gone') }));
    expect(absent.message).toBe(`There is no folder ${join(folder, 'gone')}.`);
    const file = await errorOf(core.files.list({ path: join(folder, 'file') }));
    expect(file.message).toBe(`${join(folder, 'file')} is not a folder.`);
  });

  it('says that the system refuses a folder', async () => {
    const { core, folder } = await openDesk();
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(folder, 0o755);
    await chmod(closed, 0);
    expect(await errorOf(asNobody(() => core.files.list({ path: closed })))).toMatchObject({
      code: 'SPOOL/READ_DENIED',
    });
    await chmod(closed, 0o700);
  });

  it('looks at so many entries only, and counts the others', async () => {
    const { core, folder } = await openDesk();
    await mkdir(join(folder, 'many'));
    const names = Array.from({ length: 5_003 }, (_, index) => String(index));
    await Promise.all(names.map((name) => writeFile(join(folder, 'many', name), '')));
    const view = await core.files.list({ path: join(folder, 'many') });
    expect(view.entries).toHaveLength(5_000);
    expect(view.left).toBe(3);
  });

  it('makes a folder for this user only, and never over something', async () => {
    const { core, folder } = await openDesk();
    const { path } = await core.files.makeFolder({ parent: folder, name: 'CHG-4711 export' });
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await errorOf(core.files.makeFolder({ parent: folder, name: 'CHG-4711 export' }))).toMatchObject({
      code: 'SPOOL/EXISTS',
    });
    for (const name of ['..', 'a/b', ' ']) {
      expect((await errorOf(core.files.makeFolder({ parent: folder, name }))).message).toContain('cannot be the name');
    }
  });

  it('shows the folder that a file is in, and says where the host cannot', async () => {
    const shown: string[] = [];
    const { core, folder } = await openDesk({ reveal: (path) => Promise.resolve(shown.push(path) > 0) });
    await writeFile(join(folder, 'run-me.sh'), '');
    expect(await core.files.reveal({ path: join(folder, 'run-me.sh') })).toEqual({ shown: true });
    expect(shown).toEqual([folder]);
    const { core: without } = await openDesk();
    expect(await without.files.reveal({ path: folder })).toEqual({ shown: false });
  });
});
