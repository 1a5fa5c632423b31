import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectRoot, readProduct } from './source-file.ts';

interface LayerConfig {
  readonly name: string;
  /** Folders and files it compiles, without the pattern's end. */
  readonly roots: readonly string[];
}

function readLayers(): readonly LayerConfig[] {
  const folder = `${projectRoot}config/tsconfig`;
  return readdirSync(folder)
    .filter((name) => name !== 'base.json' && name !== 'test.json')
    .map((name) => {
      const { include }: { include: string[] } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
      return { name, roots: include.map((pattern) => pattern.replace('../../', '').replace('**/*.ts', '')) };
    });
}

function layersOf(path: string, layers: readonly LayerConfig[]): readonly string[] {
  const covers = (root: string) => (root.endsWith('/') ? path.startsWith(root) : path === root);
  return layers.filter((layer) => layer.roots.some(covers)).map((layer) => layer.name);
}

it('has each source file in exactly one layer’s tsconfig', () => {
  const layers = readLayers();
  const strays = readProduct()
    .map(({ path }) => path)
    .filter((path) => path !== 'src-shared/globals.d.ts' && layersOf(path, layers).length !== 1);
  expect(strays).toEqual([]);
  expect(layersOf('src-main/unknown/file.ts', layers)).toEqual([]);
});

it('gives shared layers no types of Node', () => {
  const folder = `${projectRoot}config/tsconfig`;
  for (const name of readdirSync(folder).filter((each) => each.startsWith('shared-'))) {
    const { compilerOptions }: { compilerOptions: { types: string[] } } = JSON.parse(
      readFileSync(`${folder}/${name}`, 'utf8'),
    );
    expect(compilerOptions.types).toEqual([]);
  }
});
