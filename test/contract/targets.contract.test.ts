import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { targets } from '../../src-main/targets/registry.ts';
import type { TargetSecrets, TargetSession } from '../../src-main/ports/target.ts';
import { optionFields } from '../../src-main/app/option-fields.ts';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import { TempFolder } from '../fakes/temp-folder.ts';
import { startSshd } from '../servers/sshd.ts';

/** A place of this kind, and where on this machine what is written there can be seen. */
interface Place {
  readonly root: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly secrets: TargetSecrets;
  stop(): Promise<void>;
}

const PLACES: Readonly<Record<string, () => Promise<Place>>> = {
  folder: async () => {
    const folder = new TempFolder();
    const stop = async () => folder[Symbol.dispose]();
    return { root: folder.path, options: { path: folder.path }, secrets: { password: null, passphrase: null }, stop };
  },
  sftp: async () => {
    const server = await startSshd();
    const { host, port, user, homeFolder } = server;
    return {
      root: homeFolder,
      options: { host, port, user, hostKey: server.hostKey() },
      secrets: { password: new SecretText(server.password), passphrase: null },
      stop: () => server.stop(),
    };
  },
};

async function* blocks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function contentOf(session: TargetSession, path: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const block of session.read(path)) parts.push(block);
  return Buffer.concat(parts);
}

const nothing = (): void => undefined;

it('there is a place to try every target, and ids are told apart', () => {
  expect(targets.map((target) => target.id).sort()).toEqual(Object.keys(PLACES).sort());
});

describe.each(targets)('the target $id', (target) => {
  let place: Place;
  let session: TargetSession;
  let umask: number;
  let counter = 0;
  let name = '';
  const open = (signal = new AbortController().signal) =>
    target.open(target.options.parse(place.options), place.secrets, { signal });
  beforeAll(async () => {
    const newPlace = PLACES[target.id];
    if (newPlace === undefined) throw new Error(`there is no place to try ${target.id}`);
    place = await newPlace();
    umask = process.umask(0);
    session = await open();
  });
  afterAll(async () => {
    process.umask(umask);
    await session[Symbol.asyncDispose]();
    await place.stop();
  });
  beforeEach(() => {
    counter += 1;
    name = `case-${counter}`;
  });

  it('titles every option and gives it a flag', () => {
    for (const field of optionFields(target.options)) {
      expect(field.title).not.toBe(field.property);
      expect(field.flag).toMatch(/^[a-z-]+$/);
    }
    if (target.traits.pinned) expect(optionFields(target.options).map((field) => field.property)).toContain('hostKey');
  });

  it('says where it is, and whose key it shows', () => {
    expect(session.facts.uri).toMatch(/^[a-z]+:\/\//);
    expect(session.facts.hostKey !== null).toBe(target.traits.pinned);
  });

  it('writes for its owner alone, whatever the umask', async () => {
    await session.makeFolder(name);
    await session.write(`${name}/a`, blocks('freight'), nothing);
    expect(statSync(join(place.root, name)).mode & 0o777).toBe(0o700);
    expect(statSync(join(place.root, name, 'a')).mode & 0o777).toBe(0o600);
  });

  it('keeps the order of blocks of any size and reads them back', async () => {
    const parts = [1, 0, 70_000, 2_000_001, 3, 255 * 1024, 1].map((size, index) => Buffer.alloc(size, index + 1));
    let told = 0;
    await session.write(name, blocks(...parts), (bytes) => (told += bytes));
    const whole = Buffer.concat(parts);
    expect(told).toBe(whole.length);
    expect(readFileSync(join(place.root, name)).equals(whole)).toBe(true);
    expect((await contentOf(session, name)).equals(whole)).toBe(true);
    await expect(session.stat(name)).resolves.toEqual({ kind: 'file', size: whole.length });
  });

  it('writes and reads an empty file', async () => {
    await session.write(name, blocks(), nothing);
    expect(await contentOf(session, name)).toHaveLength(0);
  });

  it('takes names of any script', async () => {
    const path = `${name} Ünïcode 中文 'quoted" $(x)`;
    await session.write(path, blocks('x'), nothing);
    expect(readFileSync(join(place.root, path), 'utf8')).toBe('x');
  });

  it('says whether it may be written, or that only a write would tell, and writes nothing to find out', async () => {
    const before = readdirSync(place.root).sort();
    await using own = await open();
    expect([true, null]).toContain(own.facts.writable);
    expect(readdirSync(place.root).sort()).toEqual(before);
  });

  it('never writes over a file', async () => {
    await session.write(name, blocks('first'), nothing);
    await expect(session.write(name, blocks('second'), nothing)).rejects.toMatchObject({ code: 'TARGET/EXISTS' });
    expect(readFileSync(join(place.root, name), 'utf8')).toBe('first');
  });

  it('renames, and never onto something', async () => {
    await session.write(`${name}.part`, blocks('new'), nothing);
    await session.rename(`${name}.part`, name);
    await expect(session.stat(`${name}.part`)).resolves.toBeNull();
    await session.write(`${name}.part`, blocks('newer'), nothing);
    await expect(session.rename(`${name}.part`, name)).rejects.toMatchObject({ code: 'TARGET/EXISTS' });
    expect(readFileSync(join(place.root, name), 'utf8')).toBe('new');
    expect(readFileSync(join(place.root, `${name}.part`), 'utf8')).toBe('newer');
  });

  it('makes a folder that may be there already, but not in place of a file', async () => {
    await session.makeFolder(name);
    await session.makeFolder(name);
    await expect(session.stat(name)).resolves.toMatchObject({ kind: 'folder' });
    await session.write(`${name}/file`, blocks('x'), nothing);
    await expect(session.makeFolder(`${name}/file`)).rejects.toMatchObject({ code: 'TARGET/EXISTS' });
  });

  it('removes a file, and finds nothing wrong with one that is gone', async () => {
    await session.write(name, blocks('x'), nothing);
    await session.remove(name);
    await session.remove(name);
    await expect(session.stat(name)).resolves.toBeNull();
  });

  it('tells a link from what it leads to', async () => {
    writeFileSync(join(place.root, `${name}.real`), 'x');
    symlinkSync(`${name}.real`, join(place.root, name));
    await expect(session.stat(name)).resolves.toMatchObject({ kind: 'other' });
  });

  it('says that a file or its folder is missing', async () => {
    await expect(contentOf(session, name)).rejects.toMatchObject({ code: 'TARGET/ABSENT' });
    await expect(session.write(`${name}/a`, blocks('x'), nothing)).rejects.toMatchObject({ code: 'TARGET/ABSENT' });
  });

  it('takes no path that leads out', async () => {
    for (const path of ['../x', '/etc/passwd', 'a/../../x', '', 'a//b', './a']) {
      await expect(session.stat(path)).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    }
  });

  it('ends within a second when it is cancelled while the source stalls', async () => {
    const controller = new AbortController();
    const own = await open(controller.signal);
    async function* stalling(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(300_000);
      controller.abort();
      yield Buffer.alloc(300_000);
    }
    const before = performance.now();
    await expect(own.write(name, stalling(), nothing)).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    await own[Symbol.asyncDispose]();
    expect(performance.now() - before).toBeLessThan(1000);
    await expect(own.stat(name)).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
  });

  it('does not open when its root is missing', async () => {
    mkdirSync(join(place.root, name));
    const path = join(place.root, name, 'absent');
    const missing = target.open(target.options.parse({ ...place.options, path }), place.secrets, {
      signal: new AbortController().signal,
    });
    await expect(missing).rejects.toMatchObject({ code: 'TARGET/ABSENT' });
  });
});
