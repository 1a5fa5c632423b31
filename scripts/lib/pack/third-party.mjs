import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isLicence } from './package-files.mjs';

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * The licences of the packages whose code is inside the bundles of these folders, as one text. Which ones are inside, the
 * source maps know.
 */
export function thirdPartyLicences(folders) {
  return licencesOf(folders.flatMap((folder) => mapsBelow(folder).flatMap(packagesIn)));
}

/** The same of everything that the core is made of: what its bundles hold, and what they load beside themselves. */
export function coreLicences(root) {
  const inside = mapsBelow(join(root, 'dist/cli')).flatMap(packagesIn);
  return licencesOf([...inside, ...installedWith(root, root)]);
}

/** Folders of the packages that one needs at run time, and what these need. */
function installedWith(folder, root, known = new Set()) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const nested = join(folder, 'node_modules', name);
    const found = existsSync(nested) ? nested : join(root, 'node_modules', name);
    if (known.has(found) || !existsSync(join(found, 'package.json'))) continue;
    known.add(found);
    installedWith(found, root, known);
  }
  return [...known];
}

function licencesOf(folders) {
  const packages = new Set(folders);
  const parts = [...packages].map(describe).sort((left, right) => (left.title < right.title ? -1 : 1));
  return parts.map(({ title, text }) => `${title}\n${'-'.repeat(title.length)}\n\n${text.trim()}\n`).join('\n\n');
}

function mapsBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.map'))
    .map((name) => join(folder, name));
}

/** Folders of the packages that a bundle was made from. */
function packagesIn(map) {
  const { sources } = JSON.parse(readFileSync(map, 'utf8'));
  return sources.flatMap((source) => {
    const folder = PACKAGE.exec(resolve(dirname(map), source).replaceAll('\\', '/'))?.[1];
    return folder !== undefined && existsSync(join(folder, 'package.json')) ? [folder] : [];
  });
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => isLicence(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    title: `${name} ${version} (${license})`,
    text: texts.join('\n\n') || 'The package brings no text of its own.',
  };
}
