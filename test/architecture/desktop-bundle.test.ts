import { expect, it } from 'vitest';
import { contentsOfBundles } from './contents-of-bundle.ts';

/** Paths of the product's own modules, and names of packages, without what the bundler adds. */
async function partsOfBundles(): Promise<readonly (readonly string[])[]> {
  const bundles = await contentsOfBundles('rolldown.desktop.config.mjs');
  return bundles.map((contents) =>
    contents
      .map((id) => id.replace(/^.*\/(?=src-)/, ''))
      .filter((id) => !id.startsWith('\0') && !id.startsWith('node:')),
  );
}

it('keeps the core out of the desktop’s main process', async () => {
  const [main = []] = await partsOfBundles();
  expect(main).toContain('src-main/hosts/electron/main/main.ts');
  const elsewhere = main.filter((id) => id.startsWith('src-main/') && !id.startsWith('src-main/hosts/electron/'));
  expect(elsewhere).toEqual(['src-main/app/desk/page-files.ts']);
  expect(main.filter((id) => !id.startsWith('src-')).toSorted()).toEqual(['electron', 'zod']);
});

it('puts the preload script into one file that loads electron and nothing else', async () => {
  const [, preload = []] = await partsOfBundles();
  expect(preload.filter((id) => !id.startsWith('src-'))).toEqual(['electron']);
});
