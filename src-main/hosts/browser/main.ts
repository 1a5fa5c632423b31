import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toAppError } from '../../../src-shared/errors/app-error.ts';
import { exitCodeOf } from '../../../src-shared/errors/catalog.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { compose } from '../../compose.ts';
import { writeLaunchFile } from './launch-file.ts';
import { openWithSystem, showWithSystem } from './open-in-browser.ts';
import { createSessionGate } from './session-gate.ts';
import { startServer } from './start-server.ts';

// The browser host: the core in this process, the pages in the person's browser. Ends with Ctrl+C.
const { values } = parseArgs({
  options: { home: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
});

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

// Read once, and gone before any child starts.
const passphrase = process.env['WAYBILL_PASSPHRASE'];
delete process.env['WAYBILL_PASSPHRASE'];

// From the bundle, the pages lie beside its folder.
const pages = fileURLToPath(new URL('../renderer', import.meta.url));

try {
  const home = values.home ?? process.env['WAYBILL_HOME'];
  const documents = join(homedir(), 'Documents');
  const { desk, close } = await compose.desk(
    {
      ...(home === undefined || home === '' ? {} : { home }),
      passphrase: passphrase === undefined ? null : new SecretText(passphrase),
      host: { askSecret: null, confirm: null },
      env: process.env,
      throwAway: false,
    },
    {
      documents: existsSync(documents) ? documents : homedir(),
      reveal: (path) => showWithSystem(path, process.platform),
    },
  );
  const gate = createSessionGate(() => performance.now());
  const server = await startServer({ desk, gate, pages });
  const file = await writeLaunchFile(`${server.origin}/#launch=${gate.newLaunch()}`);
  const opened = !values['no-open'] && (await openWithSystem(file.path, process.platform));
  process.stdout.write(
    opened
      ? `Waybill is open in your browser. It ends with Ctrl+C here.\n`
      : `Open this file in a browser on this machine within a minute: ${file.path}\nWaybill ends with Ctrl+C here.\n`,
  );
  const end = async (): Promise<void> => {
    // A second signal ends at once, as signals do.
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
    const parts = await Promise.allSettled([file.remove(), server.close(), close()]);
    process.exit(parts.every(({ status }) => status === 'fulfilled') ? 0 : 1);
  };
  const onSignal = (): void => void end();
  for (const signal of SIGNALS) process.once(signal, onSignal);
} catch (error) {
  const { code, message, remedy } = toAppError(error);
  process.stderr.write(`${code}: ${message}\n${remedy === undefined ? '' : `→ ${remedy}\n`}`);
  process.exit(exitCodeOf(code));
}
