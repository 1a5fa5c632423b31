// npm run build: bundles the command line, the hosts and the pages anew.
import { ensureBuilt } from './lib/ensure-built.mjs';
import { ensureDesktop } from './lib/ensure-desktop.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { ensurePages } from './lib/ensure-pages.mjs';
import { runScript } from './lib/failure.mjs';
import { projectRoot } from './lib/project-root.mjs';

await runScript(async () => {
  await ensureInstalled(projectRoot);
  const bundle = await ensureBuilt(projectRoot, { force: true });
  const pages = await ensurePages(projectRoot, { force: true });
  const desktop = await ensureDesktop(projectRoot, { force: true });
  process.stdout.write(`${bundle}\n${pages}\n${desktop}\n`);
});
