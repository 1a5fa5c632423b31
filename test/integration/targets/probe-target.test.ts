import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { probeTarget } from '../../../src-main/app/probe-target.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { targets } from '../../../src-main/targets/registry.ts';
import type { TargetSession } from '../../../src-main/ports/target.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const denied = () =>
  Promise.reject(appError('TARGET/PERMISSION_DENIED', { message: 'No.', remedy: 'Have the rights changed.' }));

/** A folder of this machine that refuses what `but` replaces. */
async function folderBut(path: string, but: Partial<TargetSession>): Promise<TargetSession> {
  const folder = targets.find(({ id }) => id === 'folder');
  if (folder === undefined) throw new Error('there is no folder target');
  const context = { signal: new AbortController().signal };
  const session = await folder.open(folder.options.parse({ path }), { password: null, passphrase: null }, context);
  return new Proxy(session, {
    get: (whole, name) => {
      const given = Reflect.get(name in but ? but : whole, name) as unknown;
      return typeof given === 'function' ? given.bind(whole) : given;
    },
  });
}

it('leaves nothing behind, and says that all went well', async () => {
  using place = new TempFolder();
  await expect(probeTarget(await folderBut(place.path, {}), 'share')).resolves.toEqual({ left: null });
  expect(readdirSync(place.path)).toEqual([]);
});

it('names the file of a target that lets nothing be removed', async () => {
  using place = new TempFolder();
  const { left } = await probeTarget(await folderBut(place.path, { remove: denied }), 'share');
  expect([left]).toEqual(readdirSync(place.path));
});

it('says which step a target refuses, and takes its file away', async () => {
  using place = new TempFolder();
  const session = await folderBut(place.path, { rename: denied });
  await expect(probeTarget(session, 'share')).rejects.toMatchObject({
    code: 'TARGET/PERMISSION_DENIED',
    message: expect.stringMatching(/^At the target share \(file:.*\) a test file could not be renamed\. No\.$/),
    remedy: 'Have the rights changed.',
  });
  expect(readdirSync(place.path)).toEqual([]);
});

it('finds a target out that changes what it is given', async () => {
  using place = new TempFolder();
  async function* other(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(67);
  }
  const session = await folderBut(place.path, { read: other });
  await expect(probeTarget(session, 'share')).rejects.toMatchObject({ code: 'TARGET/DIGEST_MISMATCH' });
  expect(readdirSync(place.path)).toEqual([]);
});
