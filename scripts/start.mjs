// npm start: from a fresh clone to the open window.
import { runScript } from './lib/failure.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { startWaybill } from './lib/start-waybill.mjs';

await runScript(async () => {
  process.exitCode = await startWaybill({ root: projectRoot, args: process.argv.slice(2) });
});
