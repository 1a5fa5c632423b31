// npm run typecheck: one compiler run per layer, so that a layer sees only the types it may use.
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { pinnedNode } from './lib/pinned-node.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { runCommand } from './lib/run-command.mjs';

// TS18003: the configuration's patterns match no file, i.e. the layer is still empty.
const EMPTY_LAYER = /error TS18003:/;

await runScript(async () => {
  await ensureInstalled(projectRoot);
  const folder = join(projectRoot, 'config/tsconfig');
  const waiting = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'base.json');
  const broken = [];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (!(await checkLayer(join(folder, name)))) broken.push(name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  if (broken.length > 0) throw new Failure(`Types are wrong in ${broken.join(', ')}.`, 'Mend what is listed above.');
});

async function checkLayer(config) {
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
  const { code, output } = await runCommand(pinnedNode(projectRoot), [tsc, '-p', config], { cwd: projectRoot });
  if (code === 0 || EMPTY_LAYER.test(output)) return true;
  process.stdout.write(output);
  return false;
}
