import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from './failure.mjs';
import { holdLock } from './hold-lock.mjs';
import { runCommand } from './run-command.mjs';

const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED|network/;

/** Installs exactly what package-lock.json names, when node_modules holds something else. Speaks on stderr only. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  await holdLock(`install ${root}`, async () => {
    if (isInstalled(root)) return;
    process.stderr.write('Installing packages (npm ci) …\n');
    const startedAt = Date.now();
    // No package of ours needs an install script, and older npm versions do not know `allowScripts`.
    const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    const { code, output } = await runCommand('npm', [...args, '--loglevel=error'], {
      cwd: root,
      env: outerEnvironment(root),
    });
    if (code !== 0) throw installFailure(output);
    if (!isInstalled(root)) {
      throw new Failure(
        'npm ci ended well, but node_modules does not hold what package-lock.json names.',
        'Delete node_modules and try again.',
      );
    }
    process.stderr.write(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.\n`);
  });
}

/** True when each package of package-lock.json is there in the same version. npm writes its own record last of all. */
export function isInstalled(root) {
  const recordPath = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(recordPath)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(recordPath);
  return Object.entries(wanted).every(([path, entry]) => {
    const isTheProjectItself = path === '';
    if (isTheProjectItself) return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true && !isForThisPlatform(entry);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** An optional package without `os` and `cpu` may be left out as part of another one's platform build. */
function isForThisPlatform({ os, cpu, libc }) {
  if (os === undefined || cpu === undefined || libc !== undefined) return false;
  return [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch);
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/** npm must not run on the Node inside the very node_modules it replaces: `npm run` puts that one first in PATH. */
function outerEnvironment(root) {
  const inside = join(root, 'node_modules');
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(inside));
  return { ...process.env, PATH: path.join(delimiter) };
}

function installFailure(output) {
  process.stderr.write(output);
  if (OFFLINE.test(output)) {
    return new Failure(
      'The npm registry cannot be reached.',
      'Connect to the network, or set npm’s proxy or registry, and try again.',
    );
  }
  return new Failure('npm ci failed.', 'Mend what npm says above and try again.');
}
