import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, errorOf } from './driver.ts';

let desk: Desk;

beforeAll(() => {
  desk = new Desk();
  mkdirSync(desk.path('share'));
});
afterAll(() => desk[Symbol.dispose]());

async function refused(...args: string[]): Promise<[string, number | null]> {
  const ended = await desk.run([...args, '--json']);
  return [errorOf(ended).code, ended.code];
}

// Every JavaScript object has members of these names: nobody saved them.
describe.each(['constructor', 'toString'])('a record named %s', { timeout: 60_000 }, (name) => {
  it('is absent until somebody saves it, and nothing is said to be removed', async () => {
    expect(await refused('connection', 'test', name)).toEqual(['CONNECTION/ABSENT', 4]);
    expect(await refused('connection', 'remove', name)).toEqual(['CONNECTION/ABSENT', 4]);
    expect(await refused('target', 'remove', name)).toEqual(['TARGET/ABSENT', 4]);
    expect(await refused('key', 'destroy', name, '--yes')).toEqual(['MASK/KEY_MISSING', 4]);
  });

  it('can be a target, a connection and a key like any other', async () => {
    const target = ['target', 'add', name, '--type', 'folder', '--path', 'share'];
    await desk.json(target);
    expect(await refused(...target)).toEqual(['TARGET/EXISTS', 5]);
    expect(await desk.json(['target', 'test', name])).toMatchObject({ target: name });
    const connection = ['connection', 'add', name, '--connector', 'sqlite', '--file', 'shop.db'];
    await desk.json(connection);
    expect(await refused(...connection)).toEqual(['CONNECTION/EXISTS', 5]);
    await desk.json(['key', 'add', name]);
    expect(await refused('key', 'add', name)).toEqual(['MASK/KEY_EXISTS', 5]);
    expect(await desk.json(['key', 'list'])).toMatchObject({
      keys: expect.arrayContaining([expect.objectContaining({ name })]) as [],
    });
    expect(await desk.json(['target', 'remove', name])).toMatchObject({ removed: name });
    expect(await desk.json(['connection', 'remove', name])).toMatchObject({ removed: name });
    await desk.json(['key', 'destroy', name, '--yes']);
  });
});

it('takes the name __proto__ for one that nobody saved', async () => {
  expect(await refused('connection', 'test', '__proto__')).toEqual(['CONNECTION/ABSENT', 4]);
  expect(await refused('target', 'test', '__proto__')).toEqual(['TARGET/ABSENT', 4]);
  expect(await refused('key', 'destroy', '__proto__', '--yes')).toEqual(['MASK/KEY_MISSING', 4]);
});
