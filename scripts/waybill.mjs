// npm run -s waybill -- ARGS: installs and builds what is missing or stale, then runs the command line.
import { runWaybill } from './lib/run-waybill.mjs';
import { runScript } from './lib/failure.mjs';

await runScript(async () => {
  process.exitCode = await runWaybill(process.argv.slice(2));
});
