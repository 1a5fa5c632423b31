import { rolldown, type RolldownOptions } from 'rolldown';
import { loadConfig } from 'rolldown/config';
import { expect, it } from 'vitest';
import { projectRoot } from './source-file.ts';

const UNWANTED = /(?:^|\/)(?:electron|react|react-dom|@mui\/[^/]+|@emotion\/[^/]+)(?:\/|$)/;

/** Everything a bundle holds or would load: modules inside, packages outside. `input`: other entries than the product's. */
async function contentsOfBundle(input?: Record<string, string>): Promise<readonly string[]> {
  const config = await loadConfig(`${projectRoot}rolldown.config.mjs`);
  if (typeof config === 'function') throw new Error('The build’s configuration is plain data.');
  const options: RolldownOptions = [config].flat()[0] ?? {};
  const isPackage = (id: string) => /^[^./]/.test(id) && !id.startsWith('src-main/') && !id.startsWith('test/');
  const bundle = await rolldown({ ...options, cwd: projectRoot, external: isPackage, ...(input ? { input } : {}) });
  try {
    const { output } = await bundle.generate([options.output ?? {}].flat()[0]);
    return output.flatMap((each) =>
      each.type === 'chunk' ? [...each.moduleIds, ...each.imports, ...each.dynamicImports] : [],
    );
  } finally {
    await bundle.close();
  }
}

it('loads neither electron nor React on the command line', async () => {
  const contents = await contentsOfBundle();
  expect(contents.some((id) => id.endsWith('src-main/hosts/cli/main.ts'))).toBe(true);
  expect(contents.filter((id) => UNWANTED.test(id))).toEqual([]);
});

it('would notice either', async () => {
  const contents = await contentsOfBundle({ bad: 'test/architecture/samples/loads-the-desktop.mjs' });
  expect(contents.filter((id) => UNWANTED.test(id)).toSorted()).toEqual(['electron', 'react-dom/client']);
});
