import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXECUTABLES = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The executable inside a folder of Electron's runtime. */
export function executableIn(folder, platform = process.platform) {
  return join(folder, EXECUTABLES[platform] ?? 'electron');
}

/**
 * Electron's executable, if it is there; null otherwise. Looked for as a file: the package `electron`, loaded by Node,
 * would start a download.
 *
 * @param {string} electronPackage Folder of the npm package `electron`.
 */
export function findRuntime(electronPackage, env = process.env) {
  const elsewhere = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (elsewhere) return existing(executableIn(elsewhere));
  const folder = join(electronPackage, 'dist');
  return isVersion(folder, versionOf(electronPackage)) ? existing(executableIn(folder)) : null;
}

export function versionOf(electronPackage) {
  return JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')).version;
}

/** A runtime says its own version; one of another version does not fit the types we compile against. */
function isVersion(folder, wanted) {
  const path = join(folder, 'version');
  return existsSync(path) && readFileSync(path, 'utf8').trim().replace(/^v/, '') === wanted;
}

function existing(path) {
  return existsSync(path) ? path : null;
}
