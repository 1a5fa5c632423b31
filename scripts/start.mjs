// npm start: from a fresh clone to a package that verifies. The demo prints where the package lies and what `verify` says.
import { runScript } from './lib/failure.mjs';
import { runWaybill } from './lib/run-waybill.mjs';

await runScript(async () => {
  process.exitCode = await runWaybill(['demo', ...process.argv.slice(2)]);
});
