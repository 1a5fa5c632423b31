import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { contentHash } from './content-hash.mjs';
import { ensureKernels } from './ensure-kernels.mjs';
import { Failure } from './failure.mjs';
import { holdLock } from './hold-lock.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { runCommand } from './run-command.mjs';

const INPUTS = ['src-shared', 'src-main', 'config', 'rolldown.config.mjs', 'package.json', 'package-lock.json'];
const DAY_MS = 24 * 3600 * 1000;
const ENTRY = 'src-main/hosts/cli/main.ts';

/**
 * Bundles the command line into dist/cli/cli.mjs when its sources changed since the last build; `force`: in any case.
 * Returns the bundle's path. Speaks on stderr only.
 */
export async function ensureBuilt(root, { force = false } = {}) {
  const bundle = join(root, 'dist/cli/cli.mjs');
  if (!force && isBuilt(root)) return bundle;
  if (!existsSync(join(root, ENTRY))) {
    throw new Failure(`There is nothing to build: ${ENTRY} does not exist.`, 'Get a whole copy of the sources.');
  }
  const kernels = await ensureKernels(root);
  await holdLock(`build ${root}`, async () => {
    if (!force && isBuilt(root)) return;
    // Hashed before the build: an edit made meanwhile makes the result stale, not wrongly fresh.
    const inputs = contentHash(root, INPUTS);
    await build(root, kernels);
    writeFileSync(stampPath(root), inputs);
  });
  return bundle;
}

export function isBuilt(root) {
  if (!existsSync(join(root, 'dist/cli/cli.mjs')) || !existsSync(stampPath(root))) return false;
  return readFileSync(stampPath(root), 'utf8') === contentHash(root, INPUTS);
}

function stampPath(root) {
  return join(root, 'dist/cli/.inputs.sha256');
}

/** Builds aside and renames file by file, the entry last: a process that starts meanwhile loads the old or the new one whole. */
async function build(root, kernels) {
  const aside = join(root, 'dist', `.build-${process.pid}`);
  const output = join(root, 'dist/cli');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  try {
    const args = [join(root, 'node_modules/rolldown/bin/cli.mjs'), '-c', 'rolldown.config.mjs', '--dir', aside];
    const built = await runCommand(pinnedNode(root), args, { cwd: root });
    if (built.code !== 0) {
      process.stderr.write(built.output);
      throw new Failure('The build failed.', 'Mend what the bundler says above.');
    }
    for (const kernel of kernels) copyFileSync(kernel, join(aside, basename(kernel)));
    const names = readdirSync(aside).sort((left, right) => Number(left === 'cli.mjs') - Number(right === 'cli.mjs'));
    for (const name of names) renameSync(join(aside, name), join(output, name));
    removeOld(output, names);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Parts of earlier builds; those of the last day may still be loaded by a process that runs. */
function removeOld(folder, names) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const isOld = Date.now() - statSync(path).mtimeMs > DAY_MS;
    if (isOld && !name.startsWith('.') && !names.includes(name)) rmSync(path, { recursive: true });
  }
}
