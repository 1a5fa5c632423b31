import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { keepServer, serverFolder, type KeptServer } from './keep-server.ts';
import { runProgram } from './run-program.ts';
import { waitUntil } from './wait-until.ts';

/**
 * `unlocked`: a fresh keyring that stores; `locked`: a service whose keyring was never unlocked; `empty-bus`: a session
 * bus and no Secret Service on it; `absent`: no bus; `black-hole`: a service that takes calls and never answers.
 */
export type SecretServiceKind = 'unlocked' | 'locked' | 'empty-bus' | 'absent' | 'black-hole';

export interface SecretService extends AsyncDisposable {
  /** The whole environment of a program of this session. */
  readonly env: NodeJS.ProcessEnv;
  /** Locks the keyring that was unlocked. */
  lock(): Promise<void>;
  /** How many entries the keyring holds for a service name. */
  count(serviceName: string): Promise<number>;
  stop(): Promise<void>;
}

const SERVICE = 'org.freedesktop.secrets';
const START_LIMIT_MS = 30_000;
const LOGIN = '/org/freedesktop/secrets/collection/login';

/** A private session bus with a Secret Service of this kind, apart from the bus and the keyring of the person testing. */
export async function startSecretService(kind: SecretServiceKind): Promise<SecretService> {
  const folder = serverFolder('secrets', null);
  for (const name of ['run', 'share', 'cache', 'config']) mkdirSync(join(folder, name), { mode: 0o700 });
  const env = sessionEnvironment(folder, kind !== 'absent');
  const servers: KeptServer[] = [await startBus(folder, kind === 'absent' ? 'unnamed' : 'bus')];
  const stop = async (): Promise<void> => {
    // The services first: they live on the bus.
    for (const server of servers.toReversed()) await server.stop();
  };
  try {
    const service = serviceCommand(kind, folder);
    if (service !== null) servers.push(await startService(service, env));
    if (kind === 'unlocked') await waitUntil(() => hasDefaultCollection(env), AbortSignal.timeout(START_LIMIT_MS));
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, lock: () => lockLogin(env), count: (name) => countItems(env, name), stop, [Symbol.asyncDispose]: stop };
}

function sessionEnvironment(folder: string, hasBus: boolean): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    HOME: folder,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_DATA_HOME: join(folder, 'share'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    ...(hasBus ? { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'bus')}` } : {}),
  };
}

/** Without service folders, so that nothing starts by itself. `unnamed`: a bus that no program of the session is told of. */
async function startBus(folder: string, socket: string): Promise<KeptServer> {
  const path = join(folder, socket);
  const config = join(folder, 'bus.conf');
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:path=${path}</listen><auth>EXTERNAL</auth><policy context="default">
      <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  );
  return await keepServer({
    folder,
    command: 'dbus-daemon',
    args: [`--config-file=${config}`, '--nofork', '--nopidfile'],
    runAs: null,
    stopSignal: 'SIGTERM',
    // The socket has its name before anybody listens on it.
    ready: (signal) => waitUntil(() => accepts(path), signal),
  });
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}

function serviceCommand(kind: SecretServiceKind, folder: string): readonly string[] | null {
  switch (kind) {
    case 'unlocked': {
      // The line feed matters: at a bare end of input no login collection is made, and every write fails.
      const password = join(folder, 'password');
      writeFileSync(password, 'keyring\n', { mode: 0o600 });
      const daemon = 'exec gnome-keyring-daemon --foreground --unlock --components=secrets <"$1"';
      return ['/bin/sh', '-c', daemon, 'sh', password];
    }
    case 'locked':
      return ['gnome-keyring-daemon', '--foreground', '--components=secrets'];
    case 'black-hole':
      return ['dbus-test-tool', 'black-hole', `--name=${SERVICE}`];
    case 'empty-bus':
    case 'absent':
      return null;
  }
}

async function startService([command = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<KeptServer> {
  return await keepServer({
    folder: serverFolder('keyring', null),
    command,
    args,
    env,
    runAs: null,
    stopSignal: 'SIGTERM',
    ready: (signal) => waitUntil(async () => (await ask(env, 'NameHasOwner', SERVICE)).includes('true'), signal),
  });
}

async function ask(env: NodeJS.ProcessEnv, method: string, name: string): Promise<string> {
  const call = ['/org/freedesktop/DBus', `org.freedesktop.DBus.${method}`, `string:${name}`];
  return await send(env, 'org.freedesktop.DBus', call);
}

/** The daemon takes its name before it has unlocked the keyring. */
async function hasDefaultCollection(env: NodeJS.ProcessEnv): Promise<boolean> {
  const call = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias', 'string:default'];
  return (await send(env, SERVICE, call)).includes('/collection/');
}

async function lockLogin(env: NodeJS.ProcessEnv): Promise<void> {
  const call = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', `array:objpath:${LOGIN}`];
  await send(env, SERVICE, call);
}

async function countItems(env: NodeJS.ProcessEnv, name: string): Promise<number> {
  const query = `dict:string:string:service,${name}`;
  const reply = await send(env, SERVICE, [
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.SearchItems',
    query,
  ]);
  return reply.match(/object path/g)?.length ?? 0;
}

async function send(env: NodeJS.ProcessEnv, destination: string, call: readonly string[]): Promise<string> {
  return await runProgram('dbus-send', ['--session', '--print-reply', `--dest=${destination}`, ...call], { env });
}
