import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { runCommand } from './run-command.mjs';
import { missingPackages } from './system-packages.mjs';

const POLICY = '/usr/sbin/policy-rc.d';

/** Installs what the tests' servers need when it may (root, or CI=true); otherwise names the one command that does. */
export async function ensureSystemPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if ((!isRoot && process.env.CI !== 'true') || !existsSync('/usr/bin/apt-get')) throw notInstalled(missing);
  process.stderr.write(`Installing system packages: ${missing.join(' ')} …\n`);
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  const failed = await withoutStartingServices(
    isRoot,
    async () => (await aptGet(isRoot, ['update'])) ?? (await aptGet(isRoot, install)),
  );
  if (failed !== null) process.stderr.write(failed);
  const stillMissing = missingPackages();
  if (stillMissing.length > 0) throw notInstalled(stillMissing);
}

/** null: it went well; otherwise what it printed. */
async function aptGet(isRoot, args) {
  const command = isRoot ? ['apt-get', ...args] : ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  const { code, output } = await runCommand(command[0], command.slice(1), {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return code === 0 ? null : output;
}

/** Debian starts a server as soon as it is installed unless this policy file says no (101). */
async function withoutStartingServices(isRoot, body) {
  if (!isRoot || existsSync(POLICY)) return body();
  const remove = () => rmSync(POLICY, { force: true });
  process.once('exit', remove);
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await body();
  } finally {
    remove();
    process.off('exit', remove);
  }
}

function notInstalled(packages) {
  return new Failure(
    `The tests need programs that this machine lacks (Debian packages: ${packages.join(', ')}).`,
    `Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
  );
}
