import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './content-hash.mjs';
import { Failure } from './failure.mjs';
import { holdLock } from './hold-lock.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { runCommand } from './run-command.mjs';

const INPUTS = ['src-shared', 'src-main', 'rolldown.desktop.config.mjs', 'package.json', 'package-lock.json'];

/** Bundles the desktop's shell into dist/desktop when its sources changed since the last build. Returns the folder. */
export async function ensureDesktop(root, { force = false } = {}) {
  const folder = join(root, 'dist/desktop');
  if (!force && isBuilt(root)) return folder;
  await holdLock(`desktop ${root}`, async () => {
    if (!force && isBuilt(root)) return;
    const inputs = contentHash(root, INPUTS);
    const bundler = join(root, 'node_modules/rolldown/bin/cli.mjs');
    const { code, output } = await runCommand(pinnedNode(root), [bundler, '-c', 'rolldown.desktop.config.mjs'], {
      cwd: root,
    });
    if (code !== 0) {
      process.stderr.write(output);
      throw new Failure('The desktop could not be built.', 'Mend what the bundler says above.');
    }
    writeFileSync(stampPath(root), inputs);
  });
  return folder;
}

function isBuilt(root) {
  if (!existsSync(join(root, 'dist/desktop/main.mjs')) || !existsSync(stampPath(root))) return false;
  return readFileSync(stampPath(root), 'utf8') === contentHash(root, INPUTS);
}

function stampPath(root) {
  return join(root, 'dist/desktop/.inputs.sha256');
}
