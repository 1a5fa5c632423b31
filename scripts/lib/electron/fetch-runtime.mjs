import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { runCommand } from '../run-command.mjs';
import { findRuntime, versionOf } from './find-runtime.mjs';

const FIRST_BYTE_MS = 15_000;
const STALL_MS = 30_000;
const CHILD = fileURLToPath(new URL('./download-child.mjs', import.meta.url));

/** What decides from where, and through what, the runtime is fetched: when it changes, a new attempt is worth it. */
const ROUTE =
  /^(?:https?_proxy|all_proxy|no_proxy|(?:npm_config_|npm_package_config_)?electron_.*|npm_config_.*proxy)$/i;

/**
 * Electron's executable, fetched once if it is not there. A failure is remembered: the next start makes no new attempt
 * unless the version or the route is another one, or `again` asks for it.
 *
 * @param {{ electronPackage: string, memory: string, node: string, env?: NodeJS.ProcessEnv, again?: boolean,
 *   firstByteMs?: number, stallMs?: number, onFetch?: () => void }} options `memory`: the file where a failure is kept;
 *   `node`: the Node that the download runs on.
 * @returns {Promise<{ path: string } | { path: null, why: string, at: string, isOld: boolean }>}
 */
export async function ensureRuntime(options) {
  const { electronPackage, memory, env = process.env, again = false } = options;
  const found = findRuntime(electronPackage, env);
  if (found !== null) return { path: found };
  if (env.ELECTRON_OVERRIDE_DIST_PATH) {
    const why = `ELECTRON_OVERRIDE_DIST_PATH names ${env.ELECTRON_OVERRIDE_DIST_PATH}, which holds no Electron`;
    return { path: null, why, at: new Date().toISOString(), isOld: false };
  }
  const attempt = { version: versionOf(electronPackage), route: routeOf(env) };
  const before = recall(memory, attempt);
  if (before !== null && !again) return { path: null, why: before.why, at: before.at, isOld: true };
  options.onFetch?.();
  const why = await fetchRuntime(options);
  const path = why === null ? findRuntime(electronPackage, env) : null;
  if (path !== null) {
    rmSync(memory, { force: true });
    return { path };
  }
  const failure = {
    ...attempt,
    why: why ?? 'what came holds no Electron of this version',
    at: new Date().toISOString(),
  };
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify(failure));
  return { path: null, why: failure.why, at: failure.at, isOld: false };
}

/** null: it is there now; otherwise why not. */
async function fetchRuntime({
  electronPackage,
  node,
  env = process.env,
  firstByteMs = FIRST_BYTE_MS,
  stallMs = STALL_MS,
}) {
  const options = JSON.stringify({ electronPackage, firstByteMs, stallMs });
  const { output } = await runCommand(node, ['--no-warnings', CHILD, options], { env: { ...env, ...proxiesOf(env) } });
  const said = output.split('\n').findLast((line) => line.startsWith('{'));
  if (said === undefined) return output.trim().split('\n').at(-1) || 'the download ended without a word';
  return JSON.parse(said).why ?? null;
}

/** npm's own proxy settings count where the usual variables are not set. */
function proxiesOf(env) {
  const ofNpm = env.npm_config_https_proxy || env.npm_config_proxy;
  return {
    NODE_USE_ENV_PROXY: '1',
    ...defaulted(env, 'HTTPS_PROXY', ofNpm),
    ...defaulted(env, 'HTTP_PROXY', env.npm_config_proxy),
    ...defaulted(env, 'NO_PROXY', env.npm_config_noproxy),
  };
}

function defaulted(env, name, value) {
  return env[name] || env[name.toLowerCase()] || !value ? {} : { [name]: value };
}

/** A hash: a proxy's address may hold a password. */
function routeOf(env) {
  const parts = Object.entries(env).filter(([name]) => ROUTE.test(name));
  return createHash('sha256')
    .update(JSON.stringify(parts.sort(([left], [right]) => (left < right ? -1 : 1))))
    .digest('hex');
}

function recall(memory, { version, route }) {
  if (!existsSync(memory)) return null;
  const kept = JSON.parse(readFileSync(memory, 'utf8'));
  return kept.version === version && kept.route === route ? kept : null;
}
