import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './content-hash.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { Failure } from './failure.mjs';
import { holdLock } from './hold-lock.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { coreLicences } from './pack/third-party.mjs';
import { runCommand } from './run-command.mjs';

const INPUTS = ['src-shared', 'src-renderer', 'vite.config.mjs', 'package.json', 'package-lock.json'];

/** Builds the pages into dist/renderer when their sources changed since the last build. Returns the folder. */
export async function ensurePages(root, { force = false } = {}) {
  const folder = join(root, 'dist/renderer');
  if (!force && isBuilt(root)) return folder;
  await ensureBuilt(root);
  await holdLock(`pages ${root}`, async () => {
    if (!force && isBuilt(root)) return;
    const inputs = contentHash(root, INPUTS);
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const { code, output } = await runCommand(pinnedNode(root), [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      // Whoever asks for the pages, a test for example: people get the same ones.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (code !== 0) {
      process.stderr.write(output);
      throw new Failure('The pages could not be built.', 'Mend what the bundler says above.');
    }
    // The bundler wrote those of the pages; a person asks for all of them in one place.
    appendFileSync(join(folder, 'licences.txt'), `\n\n# Packages of the core\n\n${coreLicences(root)}\n`);
    writeFileSync(stampPath(root), inputs);
  });
  return folder;
}

function isBuilt(root) {
  if (!existsSync(join(root, 'dist/renderer/index.html')) || !existsSync(stampPath(root))) return false;
  return readFileSync(stampPath(root), 'utf8') === contentHash(root, INPUTS);
}

function stampPath(root) {
  return join(root, 'dist/renderer/.inputs.sha256');
}
