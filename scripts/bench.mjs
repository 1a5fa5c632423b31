// npm run bench [-- --quick] [-- --rows N]: times exports beside the database's own tools, on a server made for it.
// npm run bench -- screen: times the desktop's screens.
import { ensureBuilt } from './lib/ensure-built.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { runScript } from './lib/failure.mjs';
import { pinnedNode } from './lib/pinned-node.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { relay } from './lib/relay.mjs';

await runScript(async () => {
  await ensureInstalled(projectRoot);
  await ensureBuilt(projectRoot);
  const [first, ...rest] = process.argv.slice(2);
  const bench =
    first === 'screen' ? ['test/bench/screen.ts', ...rest] : ['test/bench/main.ts', ...process.argv.slice(2)];
  process.exitCode = await relay(pinnedNode(projectRoot), bench, { cwd: projectRoot });
});
