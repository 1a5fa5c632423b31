import { rolldown, type RolldownOptions } from 'rolldown';
import { loadConfig } from 'rolldown/config';
import { projectRoot } from './source-file.ts';

/**
 * Everything that the bundles of a configuration hold or would load, a list for each: modules inside, packages outside.
 * `input`: other entries than the product's.
 */
export async function contentsOfBundles(
  config: string,
  input?: Record<string, string>,
): Promise<readonly (readonly string[])[]> {
  const loaded = await loadConfig(`${projectRoot}${config}`);
  if (typeof loaded === 'function') throw new Error('The build’s configuration is plain data.');
  return Promise.all([loaded].flat().map((options) => contentsOf({ ...options, ...(input ? { input } : {}) })));
}

async function contentsOf(options: RolldownOptions): Promise<readonly string[]> {
  const isPackage = (id: string): boolean =>
    /^[^./]/.test(id) && !id.startsWith('src-main/') && !id.startsWith('test/');
  const bundle = await rolldown({ ...options, cwd: projectRoot, external: isPackage });
  try {
    const { output } = await bundle.generate([options.output ?? {}].flat()[0]);
    return output.flatMap((each) =>
      each.type === 'chunk' ? [...each.moduleIds, ...each.imports, ...each.dynamicImports] : [],
    );
  } finally {
    await bundle.close();
  }
}
