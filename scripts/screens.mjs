// npm run screens [-- FOLDER [light|dark] [1280|1024]]: pictures of every screen, to be looked at beside the mock-ups.
import { ensureBuilt } from './lib/ensure-built.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { ensurePages } from './lib/ensure-pages.mjs';
import { runScript } from './lib/failure.mjs';
import { pinnedNode } from './lib/pinned-node.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { relay } from './lib/relay.mjs';

await runScript(async () => {
  await ensureInstalled(projectRoot);
  await ensureBuilt(projectRoot);
  await ensurePages(projectRoot);
  process.exitCode = await relay(
    pinnedNode(projectRoot),
    ['test/e2e/desktop/tour/pictures.ts', ...process.argv.slice(2)],
    { cwd: projectRoot },
  );
});
