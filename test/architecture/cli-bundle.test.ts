import { expect, it } from 'vitest';
import { contentsOfBundles } from './contents-of-bundle.ts';

const UNWANTED = /(?:^|\/)(?:electron|react|react-dom|@mui\/[^/]+|@emotion\/[^/]+)(?:\/|$)/;
/** The core's process of the desktop is built with the command line; its folder is named after its host. */
const OWN = /\/src-main\/hosts\/electron\/(?:core|bridge)\//;

it('loads neither electron nor React on the command line', async () => {
  const contents = (await contentsOfBundles('rolldown.config.mjs')).flat();
  expect(contents.some((id) => id.endsWith('src-main/hosts/cli/main.ts'))).toBe(true);
  expect(contents.filter((id) => UNWANTED.test(id) && !OWN.test(id))).toEqual([]);
});

it('would notice either', async () => {
  const input = { bad: 'test/architecture/samples/loads-the-desktop.mjs' };
  const contents = (await contentsOfBundles('rolldown.config.mjs', input)).flat();
  expect(contents.filter((id) => UNWANTED.test(id)).toSorted()).toEqual(['electron', 'react-dom/client']);
});
