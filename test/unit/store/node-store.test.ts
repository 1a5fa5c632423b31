import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodeStore } from '../../../src-main/store/node-store.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';

const store = createNodeStore();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (...parts: string[]) => join(folder, ...parts);
const modeOf = (path: string) => statSync(path).mode & 0o777;
const text = (path: string) => readFileSync(path, 'utf8');

async function collect(blocks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const block of blocks) all.push(block);
  return Buffer.concat(all);
}

describe('modes', () => {
  for (const umask of [0o000, 0o077]) {
    it(`widens a file and a folder to just what was asked under umask ${umask.toString(8)}`, () => {
      writeFileSync(at('file'), '', { mode: 0o600 });
      mkdirSync(at('folder'), { mode: 0o700 });
      const script = `
        import { createNodeStore } from ${JSON.stringify(new URL('../../../src-main/store/node-store.ts', import.meta.url).href)};
        process.umask(${umask});
        const store = createNodeStore();
        await store.widen(${JSON.stringify(at('file'))}, 0o664);
        await store.widen(${JSON.stringify(at('folder'))}, 0o775);`;
      execFileSync(process.execPath, ['--input-type=module', '-e', script]);
      expect([modeOf(at('file')), modeOf(at('folder'))]).toEqual([0o664, 0o775]);
    });
  }

  it('widens nothing through a link', async () => {
    writeFileSync(at('outside'), '', { mode: 0o600 });
    symlinkSync(at('outside'), at('link'));
    await expect(store.widen(at('link'), 0o644)).rejects.toMatchObject({ code: 'SPOOL/WRITE_FAILED' });
    expect(modeOf(at('outside'))).toBe(0o600);
  });

  for (const umask of [0o000, 0o022, 0o077, 0o277]) {
    it(`gives files 0600 and folders 0700 under umask ${umask.toString(8)}`, () => {
      // In a process of its own: a umask belongs to the whole process.
      const script = `
        import { statSync } from 'node:fs';
        import { createNodeStore } from ${JSON.stringify(new URL('../../../src-main/store/node-store.ts', import.meta.url).href)};
        import { createLocks } from ${JSON.stringify(new URL('../../../src-main/store/sqlite-locks.ts', import.meta.url).href)};
        process.umask(${umask});
        const store = createNodeStore();
        const at = (name) => ${JSON.stringify(folder)} + '/' + name;
        await store.makeFolder(at('a/b'));
        await (await store.create(at('a/created'))).close();
        await (await store.openAppend(at('a/appended'))).close();
        await store.replace(at('a/replaced'), new Uint8Array(3));
        (await createLocks().acquire(at('a/lock.sqlite'), 0))[Symbol.dispose]();
        const names = ['a', 'a/b', 'a/created', 'a/appended', 'a/replaced', 'a/lock.sqlite'];
        process.stdout.write(names.map((name) => (statSync(at(name)).mode & 0o777).toString(8)).join(' '));`;
      const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
      expect(out).toBe('700 700 600 600 600 600');
    });
  }

  it('tightens a file that others could read before it is appended to', async () => {
    writeFileSync(at('wide'), 'x', { mode: 0o644 });
    await (await store.openAppend(at('wide'))).close();
    expect(modeOf(at('wide'))).toBe(0o600);
  });
});

describe('writing', () => {
  it('appends in order and knows its size', async () => {
    await using writer = await store.create(at('file'));
    await writer.write(utf8('one '));
    const flushed = writer.flushEarly();
    await writer.write(utf8('two'));
    await writer.sync();
    expect(await flushed).toBeGreaterThanOrEqual(4);
    expect(writer.size).toBe(7);
    expect(text(at('file'))).toBe('one two');
  });

  it('continues an existing file at its end, also after truncating', async () => {
    writeFileSync(at('file'), 'abcdef');
    await using writer = await store.openAppend(at('file'));
    expect(writer.size).toBe(6);
    await writer.truncate(3);
    await writer.write(utf8('X'));
    await writer.close();
    expect(text(at('file'))).toBe('abcX');
  });

  it('refuses to create a file that exists', async () => {
    writeFileSync(at('file'), 'old');
    await expect(store.create(at('file'))).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
    expect(text(at('file'))).toBe('old');
  });

  it('never writes through a link', async () => {
    writeFileSync(at('outside'), 'precious');
    symlinkSync(at('outside'), at('link'));
    await expect(store.create(at('link'))).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
    await expect(store.openAppend(at('link'))).rejects.toMatchObject({ code: 'SPOOL/WRITE_FAILED' });
    expect(text(at('outside'))).toBe('precious');
  });

  it('does not wait for the other end of a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(store.openAppend(at('pipe'))).rejects.toMatchObject({ code: 'SPOOL/WRITE_FAILED' });
  });

  it('replaces a file whole and leaves no temporary file behind', async () => {
    writeFileSync(at('file'), 'old and longer');
    await store.replace(at('file'), utf8('new'));
    expect(text(at('file'))).toBe('new');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('leaves no temporary file when replacing fails', async () => {
    mkdirSync(at('taken/inside'), { recursive: true });
    await expect(store.replace(at('taken'), utf8('new'))).rejects.toMatchObject({ code: 'SPOOL/WRITE_FAILED' });
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('refuses a closed writer', async () => {
    const writer = await store.create(at('file'));
    await writer.close();
    await expect(writer.write(utf8('x'))).rejects.toMatchObject({ code: 'SPOOL/WRITE_FAILED' });
  });

  it('does not write to a device', async () => {
    await expect(store.openAppend('/dev/full')).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
  });

  it('says what the volume has left, also for a folder that is yet to be made', async () => {
    expect(await store.read.freeBytes(at('not/yet/there'))).toBeGreaterThan(0);
  });
});

describe('renameNew', () => {
  it('gives a file its name', async () => {
    writeFileSync(at('from'), 'x');
    await store.renameNew(at('from'), at('to'));
    expect(readdirSync(folder)).toEqual(['to']);
  });

  it('never replaces a file', async () => {
    writeFileSync(at('from'), 'new');
    writeFileSync(at('to'), 'old');
    await expect(store.renameNew(at('from'), at('to'))).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
    expect([text(at('from')), text(at('to'))]).toEqual(['new', 'old']);
  });

  it('never replaces a link, not even one that leads nowhere', async () => {
    writeFileSync(at('from'), 'new');
    symlinkSync(at('nowhere'), at('to'));
    await expect(store.renameNew(at('from'), at('to'))).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
  });

  for (const content of ['empty', 'full'] as const) {
    it(`never replaces a folder that is ${content}`, async () => {
      mkdirSync(at('from'));
      writeFileSync(at('from/x'), 'new');
      mkdirSync(at('to'));
      if (content === 'full') writeFileSync(at('to/x'), 'old');
      await expect(store.renameNew(at('from'), at('to'))).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
      expect(readdirSync(at('to'))).toEqual(content === 'full' ? ['x'] : []);
    });
  }

  it('lets exactly one of many win the same name', async () => {
    for (let i = 0; i < 20; i++) writeFileSync(at(`from${i}`), String(i));
    const tries = Array.from({ length: 20 }, (_, i) => store.renameNew(at(`from${i}`), at('to')));
    const results = await Promise.allSettled(tries);
    const winners = results.flatMap((result, i) => (result.status === 'fulfilled' ? [String(i)] : []));
    expect(winners).toEqual([text(at('to'))]);
  });
});

describe('folders', () => {
  it('makes missing parents and is content with what is there', async () => {
    await store.makeFolder(at('a/b/c'));
    await store.makeFolder(at('a/b/c'));
    expect([at('a'), at('a/b'), at('a/b/c')].map(modeOf)).toEqual([0o700, 0o700, 0o700]);
  });

  it('lets many make the same folder at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => store.makeFolder(at('a/b/c'))));
    expect(statSync(at('a/b/c')).isDirectory()).toBe(true);
  });

  it('refuses a folder where a file is', async () => {
    writeFileSync(at('file'), '');
    await expect(store.makeFolder(at('file'))).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
  });

  it('removes an empty folder, and none that holds something', async () => {
    mkdirSync(at('empty'));
    mkdirSync(at('full'));
    writeFileSync(at('full/precious'), 'x');
    await store.remove(at('empty'));
    await expect(store.remove(at('full'))).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
    expect(readdirSync(folder)).toEqual(['full']);
    expect(readdirSync(at('full'))).toEqual(['precious']);
  });

  it('removes a link and not what it leads to', async () => {
    mkdirSync(at('folder'));
    symlinkSync(at('folder'), at('link'));
    await store.remove(at('link'));
    expect(readdirSync(folder)).toEqual(['folder']);
  });

  it('removes a file, and is content when it is gone', async () => {
    writeFileSync(at('file'), '');
    await store.remove(at('file'));
    await store.remove(at('file'));
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('reading', () => {
  it('reads a file whole, and null when there is none', async () => {
    writeFileSync(at('file'), 'content');
    expect(Buffer.from((await store.read.file(at('file'), 7)) ?? []).toString()).toBe('content');
    expect(await store.read.file(at('none'), 7)).toBeNull();
    expect(await store.read.file(at('file/below'), 7)).toBeNull();
  });

  it('refuses a file over its limit', async () => {
    writeFileSync(at('file'), 'content');
    await expect(store.read.file(at('file'), 6)).rejects.toMatchObject({ code: 'SPOOL/READ_FAILED' });
  });

  it('reads blocks from a position on', async () => {
    const content = Buffer.alloc(2_500_000, 'abcdefg');
    writeFileSync(at('file'), content);
    expect(content.equals(await collect(store.read.blocks(at('file'))))).toBe(true);
    const rest = await collect(store.read.blocks(at('file'), 1_234_567));
    expect(content.subarray(1_234_567).equals(rest)).toBe(true);
    await expect(collect(store.read.blocks(at('none')))).rejects.toMatchObject({ code: 'SPOOL/ABSENT' });
  });

  it('reads nothing through a link, and no folder, device or pipe', async () => {
    writeFileSync(at('file'), 'x');
    symlinkSync(at('file'), at('link'));
    execFileSync('mkfifo', [at('pipe')]);
    for (const path of [at('link'), at('pipe'), folder, '/dev/zero']) {
      await expect(store.read.file(path, 10)).rejects.toMatchObject({ code: 'SPOOL/READ_FAILED' });
      await expect(collect(store.read.blocks(path))).rejects.toMatchObject({ code: 'SPOOL/READ_FAILED' });
    }
  });

  it('sees what has a name that is not UTF-8, and takes it for nothing that can be read', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/extra`), Buffer.of(0xff)]), 'x');
    mkdirSync(Buffer.concat([Buffer.from(`${folder}/folder`), Buffer.of(0xff)]));
    expect(await store.read.list(folder)).toMatchObject([
      { name: 'extra\ufffd', kind: 'other' },
      { name: 'folder\ufffd', kind: 'other' },
    ]);
  });

  it('lists names in order with what they are', async () => {
    writeFileSync(at('b'), 'xx');
    mkdirSync(at('a'));
    symlinkSync(at('b'), at('c'));
    const entries = await store.read.list(folder);
    expect(entries?.map(({ name, kind }) => [name, kind])).toEqual([
      ['a', 'folder'],
      ['b', 'file'],
      ['c', 'link'],
    ]);
    expect(await store.read.list(at('none'))).toBeNull();
    expect(await store.read.stat(at('b'))).toMatchObject({ name: 'b', size: 2 });
    expect(await store.read.stat(at('none'))).toBeNull();
  });
});
