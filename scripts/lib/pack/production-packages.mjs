import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Parts that are needed to compile, or that help only where somebody compiles. */
const LEFT_OUT = new Set(['cpu-features', 'nan', 'node-addon-api']);

/** Folders below the root of the packages that run: the dependencies of package.json and theirs, as the lock has them. */
export function productionPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {} } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const next = LEFT_OUT.has(name) ? null : placeOf(name, path, packages);
      if (next !== null) visit(next);
    }
  };
  for (const name of Object.keys(packages[''].dependencies)) visit(placeOf(name, '', packages));
  return [...found].sort((left, right) => (left < right ? -1 : 1));
}

/** Where Node finds a package from another one's folder: there, or in a folder above. */
function placeOf(name, from, packages) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return null;
  }
}
