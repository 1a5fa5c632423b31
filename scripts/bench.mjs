// npm run bench [-- --quick] [-- --rows N]: times exports beside the database's own tools, on a server made for it.
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './lib/ensure-built.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { pinnedNode } from './lib/pinned-node.mjs';

await ensureInstalled();
await ensureBuilt();
const run = spawnSync(pinnedNode(), ['test/bench/main.ts', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(run.status ?? 1);
