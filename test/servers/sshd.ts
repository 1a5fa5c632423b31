// A real OpenSSH server with one user of its own. The user exists for this server alone: nss_wrapper answers its
// questions about users from files in the server's folder, so that password login works without touching the system,
// as root and as an ordinary user alike.
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.ts';
import { keepServer, serverFolder, type KeptServer, type RunAs } from './keep-server.ts';
import { runProgram } from './run-program.ts';
import { makeSshKey, sshFingerprint, writeKnownHosts } from './ssh-keys.ts';
import { systemUserWhenRoot } from './system-user.ts';
import { greets, waitUntil } from './wait-until.ts';

export interface SshdOptions {
  readonly port?: number;
  /** Further lines of sshd_config. */
  readonly config?: readonly string[];
  /** Has the server ask questions and take no password (keyboard-interactive): a hidden one, or one whose answer is shown. */
  readonly asks?: 'hidden' | 'shown';
}

export interface SshdServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Private key without a passphrase. */
  readonly keyFile: string;
  /** Another private key, under `passphrase`. */
  readonly lockedKeyFile: string;
  readonly passphrase: string;
  /** A key the server does not accept. */
  readonly strangerKeyFile: string;
  /** `SHA256:…` of the host key the server shows now. */
  readonly hostKey: () => string;
  readonly knownHostsFile: string;
  /** The user's home: uploads with relative names land here. */
  readonly homeFolder: string;
  /** Comes back on the same port with another host key; returns its fingerprint. Open connections are cut. */
  changeHostKey(): Promise<string>;
  /** Ends the server and cuts its connections; `restart` brings it back on the same port with the same host key. */
  interrupt(): Promise<void>;
  restart(): Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

const USER = 'courier';

interface Place {
  readonly folder: string;
  readonly port: number;
  readonly config: readonly string[];
  readonly asks: SshdOptions['asks'] | null;
}

/** Starts OpenSSH's sshd on 127.0.0.1 with SFTP, password and key login. As root its user has the ids of `nobody`. */
export async function startSshd(options: SshdOptions = {}): Promise<SshdServer> {
  const place: Place = {
    folder: serverFolder('sshd', null),
    port: options.port ?? (await freePort()),
    config: options.config ?? [],
    asks: options.asks ?? null,
  };
  const at = (name: string) => join(place.folder, name);
  // Listeners come and go; the folder's life hangs on a process of its own.
  const folderKeeper = await keepServer({
    ...{ folder: place.folder, command: 'sleep', args: ['infinity'], runAs: null, stopSignal: 'SIGKILL' },
    ready: () => Promise.resolve(),
  });
  const password = randomBytes(9).toString('base64url');
  const passphrase = randomBytes(9).toString('base64url');
  try {
    await makeUser(place, { password, passphrase, owner: systemUserWhenRoot('nobody') });
    writeKnownHosts(at('known_hosts'), { port: place.port, publicKeyPath: at('host-key.pub') });
    const lifecycle = await startListening(place);
    return {
      ...{ host: '127.0.0.1', port: place.port, user: USER, password, passphrase },
      ...{ keyFile: at('user-key'), lockedKeyFile: at('locked-key'), strangerKeyFile: at('stranger-key') },
      ...{ knownHostsFile: at('known_hosts'), homeFolder: at('home'), ...lifecycle },
      stop: async () => {
        await lifecycle.interrupt();
        await folderKeeper.stop();
      },
    };
  } catch (error) {
    await folderKeeper.stop();
    throw error;
  }
}

type Lifecycle = Pick<SshdServer, 'hostKey' | 'log' | 'interrupt' | 'restart' | 'changeHostKey'>;

async function startListening(place: Place): Promise<Lifecycle> {
  let hostKeyName = 'host-key';
  let listener: KeptServer | null = await listen(place, hostKeyName);
  const hostKey = () => sshFingerprint(join(place.folder, `${hostKeyName}.pub`));
  const interrupt = async () => {
    await listener?.stop();
    listener = null;
  };
  const restart = async () => {
    listener ??= await listen(place, hostKeyName);
  };
  const changeHostKey = async () => {
    await interrupt();
    hostKeyName = hostKeyName === 'host-key' ? 'other-host-key' : 'host-key';
    await restart();
    return hostKey();
  };
  return {
    hostKey,
    interrupt,
    restart,
    changeHostKey,
    log: () => readFileSync(join(place.folder, 'sshd.log'), 'utf8'),
  };
}

interface UserSecrets {
  readonly password: string;
  readonly passphrase: string;
  /** null: the one who runs the tests. */
  readonly owner: RunAs | null;
}

/** Keys, home, and the three files from which nss_wrapper answers. */
async function makeUser(place: Place, { password, passphrase, owner }: UserSecrets): Promise<void> {
  const at = (name: string) => join(place.folder, name);
  const plainKeys = ['host-key', 'other-host-key', 'user-key', 'stranger-key'];
  await Promise.all([...plainKeys.map((name) => makeSshKey(at(name), '')), makeSshKey(at('locked-key'), passphrase)]);
  const accepted = ['user-key.pub', 'locked-key.pub'].map((name) => readFileSync(at(name), 'utf8')).join('');
  // Read by sshd on behalf of the user, who may be another one than the folder's owner.
  chmodSync(place.folder, 0o711);
  writeFileSync(at('authorized-keys'), accepted, { mode: 0o644 });
  mkdirSync(at('home'), { mode: 0o700 });
  if (owner !== null) chownSync(at('home'), owner.uid, owner.gid);
  const { uid, gid } = owner ?? userInfo();
  const hash = (await runProgram('openssl', ['passwd', '-6', '-stdin'], { input: password })).trim();
  const isRoot = owner !== null;
  const system = isRoot ? 'root:x:0:0::/root:/bin/sh\nsshd:x:103:65534::/run/sshd:/usr/sbin/nologin\n' : '';
  writeFileSync(at('passwd'), `${system}${USER}:x:${uid}:${gid}::${at('home')}:/bin/sh\n`);
  writeFileSync(at('group'), `${isRoot ? 'root:x:0:\n' : ''}${USER}:x:${gid}:\n`);
  if (place.asks !== null) writePam(place, password);
  writeFileSync(at('shadow'), `${USER}:${hash}:19000:0:99999:7:::\n`, { mode: 0o600 });
}

let listeners = 0;

async function listen(place: Place, hostKeyName: string): Promise<KeptServer> {
  const at = (name: string) => join(place.folder, name);
  writeFileSync(at('sshd_config'), configText(place, hostKeyName));
  // As root sshd confines itself to this folder before login; Debian makes it when the service starts.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  listeners += 1;
  const folder = at(`listener-${listeners}`);
  mkdirSync(folder, { mode: 0o700 });
  return keepServer({
    folder,
    command: '/usr/sbin/sshd',
    args: ['-D', '-f', at('sshd_config'), '-E', at('sshd.log')],
    runAs: null,
    stopSignal: 'SIGTERM',
    env: {
      LD_PRELOAD: place.asks === null ? wrapperPath('nss') : `${wrapperPath('nss')} ${wrapperPath('pam')}`,
      ...(place.asks === null ? {} : { PAM_WRAPPER: '1', PAM_WRAPPER_SERVICE_DIR: at('pam.d') }),
      NSS_WRAPPER_PASSWD: at('passwd'),
      NSS_WRAPPER_GROUP: at('group'),
      NSS_WRAPPER_SHADOW: at('shadow'),
    },
    ready: (signal) => waitUntil(() => greets(place.port), signal),
  });
}

function configText({ folder, port, config, asks }: Place, hostKeyName: string): string {
  return [
    ...config,
    ...(asks === null ? [] : ['UsePAM yes', 'KbdInteractiveAuthentication yes', 'PasswordAuthentication no']),
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', 'PidFile none', 'UsePAM no', 'UseDNS no', 'LogLevel VERBOSE'],
    ...[`HostKey ${join(folder, hostKeyName)}`, `AuthorizedKeysFile ${join(folder, 'authorized-keys')}`],
    // The temporary folder above is open to everybody by its nature.
    ...['StrictModes no', 'PasswordAuthentication yes', 'MaxStartups 100', 'Subsystem sftp internal-sftp'],
    '',
  ].join('\n');
}

/** PAM as this server alone sees it: pam_wrapper looks services up in the server's folder. */
function writePam({ folder, asks }: Place, password: string): void {
  const at = (name: string) => join(folder, name);
  mkdirSync(at('pam.d'), { mode: 0o755 });
  writeFileSync(at('pam-passwords'), `${USER}:${password}:sshd\n`, { mode: 0o644 });
  const modules = dirname(wrapperPath('pam'));
  const matrix = join(modules, 'pam_wrapper', 'pam_matrix.so');
  const proof = `auth required ${matrix} passdb=${at('pam-passwords')}${asks === 'hidden' ? '' : ' echo'}`;
  const others = ['account', 'password', 'session'].map((kind) => `${kind} required pam_permit.so`);
  writeFileSync(at('pam.d/sshd'), [proof, ...others, ''].join('\n'));
}

function wrapperPath(what: 'nss' | 'pam'): string {
  const found = globSync(`/usr/lib/*/lib${what}_wrapper.so`)[0];
  if (found === undefined)
    throw new Error(`lib${what}-wrapper is not installed; npm test installs it or names the command.`);
  return found;
}
