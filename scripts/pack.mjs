// npm run pack [-- TARGET…]: the desktop's packages for this platform, in dist/release. Needs Electron's runtime, which
// electron-builder fetches.
import { runScript } from './lib/failure.mjs';
import { packWaybill } from './lib/pack/pack-waybill.mjs';
import { projectRoot } from './lib/project-root.mjs';

await runScript(async () => {
  const output = await packWaybill(projectRoot, { targets: process.argv.slice(2) });
  process.stdout.write(`${output}\n`);
});
