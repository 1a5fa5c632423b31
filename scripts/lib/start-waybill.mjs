import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { callerFolder } from './caller-folder.mjs';
import { chooseHost } from './choose-host.mjs';
import { ensureRuntime } from './electron/fetch-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureDesktop } from './ensure-desktop.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { ensurePages } from './ensure-pages.mjs';
import { Failure } from './failure.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { relay, relayToEnd } from './relay.mjs';

export const USAGE = `npm start -- [--host electron|browser] [--home DIR] [--no-open]

Installs and builds what is missing, then opens Waybill.
  --host     the window: Electron, or the browser of this machine; also WAYBILL_HOST. Without it: Electron where its
             runtime is there or can be fetched, otherwise the browser
  --home     where connections, secrets and the ledger are; also WAYBILL_HOME
  --no-open  with the browser: only say which file opens it

Example: npm start -- --host browser --home /tmp/first-look
`;

/** A desktop that ends this soon, and badly, has never opened. */
const NEVER_OPENED_MS = 15_000;

/** Opens Waybill and returns the exit code when it has been closed. */
export async function startWaybill({ root, args, env = process.env }) {
  const flags = readFlags(args);
  if (flags.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { host, isAsked, why } = chooseHost({
    ...(flags.host === undefined ? {} : { flag: flags.host }),
    ...{ env, platform: process.platform, uid: process.getuid?.() },
  });
  await ensureInstalled(root);
  await ensureBuilt(root);
  await ensurePages(root);
  const given = { root, env, home: homeArguments(flags.home, env) };
  if (host === 'electron') {
    const refusal = await openInElectron({ ...given, isAsked });
    if (typeof refusal === 'number') return refusal;
    if (isAsked) throw new Failure(`${refusal}.`, 'Start with --host browser.');
    process.stderr.write(`${refusal}. Waybill opens in your browser.\n`);
  } else if (why !== null) process.stderr.write(`${why}: Waybill opens in a browser.\n`);
  return openInBrowser({ ...given, more: flags['no-open'] ? ['--no-open'] : [] });
}

function readFlags(args) {
  const options = {
    host: { type: 'string' },
    home: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure(error.message, `Usage: ${USAGE.split('\n')[0]}`);
  }
}

function homeArguments(home, env) {
  return home === undefined ? [] : ['--home', resolve(callerFolder(env), home)];
}

function openInBrowser({ root, env, home, more }) {
  return relay(pinnedNode(root), [join(root, 'dist/cli/browser-host.mjs'), ...home, ...more], {
    ...{ cwd: callerFolder(env), env },
  });
}

/** The exit code after it was open; otherwise why it could not be opened. */
async function openInElectron({ root, env, home, isAsked }) {
  const node = pinnedNode(root);
  const runtime = await ensureRuntime({
    ...{ electronPackage: join(root, 'node_modules/electron'), memory: join(root, 'dist/.electron-runtime.json') },
    ...{ node, env, again: isAsked },
    onFetch: () => process.stderr.write('Fetching Electron’s runtime, about 120 MB, once …\n'),
  });
  if (runtime.path === null) return refusalOf(runtime);
  await ensureDesktop(root);
  const startedAt = performance.now();
  const { code, signal } = await relayToEnd(runtime.path, [root, ...home], { env: { ...env, WAYBILL_NODE: node } });
  const isBad = code !== 0 && !['SIGINT', 'SIGTERM', 'SIGHUP'].includes(signal);
  if (isBad && performance.now() - startedAt < NEVER_OPENED_MS) {
    return `Electron ended at once (${signal ?? `code ${code}`})`;
  }
  return code ?? 0;
}

function refusalOf({ why, at, isOld }) {
  if (!isOld) return `Electron’s runtime is not here and could not be fetched: ${why}`;
  return `Electron’s runtime could not be fetched on ${at.slice(0, 10)} (${why}; --host electron tries again)`;
}
