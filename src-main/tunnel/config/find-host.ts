import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { SSH_PORT } from '../../ssh/ssh-options.ts';
import { readJump, type JumpHost } from '../jump-text.ts';
import { configError } from './config-error.ts';
import { expand, hostNameOf } from './expand.ts';
import { settingsOf } from './host-settings.ts';
import { wayOf } from './proxy-way.ts';
import type { ConfigLine } from './read-config.ts';
import type { HostSettings } from './said.ts';

/** A server as a config file describes it. What is a function is asked only where nobody said it. */
export interface FoundHost {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly key: () => string | undefined;
  /** The name that its key goes by in known_hosts, where that is another one. */
  readonly hostKeyAlias: () => string | undefined;
  /** The servers that lead to it. */
  readonly jumps: () => readonly JumpHost[];
}

interface Looking {
  readonly lines: readonly ConfigLine[];
  readonly userFolder: string;
  /** A person, or another server's line, says what leads there. */
  readonly isLed: boolean;
}

/** Looks a server up by the name that a person gives; what the person said of it goes first. */
export function findHost(asked: JumpHost, { lines, userFolder, isLed }: Looking): FoundHost {
  const settings = settingsOf(lines, { ...asked, isLed });
  refuseRevocations(settings);
  const host = hostNameOf(settings.first('hostname'), asked.host);
  const port = asked.port ?? readPort(settings.first('port'));
  const user = asked.user ?? settings.first('user')?.words[0];
  return {
    ...{ host, port, user },
    key: () => keyOf(settings, { host, port, user, userFolder }),
    hostKeyAlias: () => settings.first('hostkeyalias')?.words[0],
    jumps: () => jumpsOf(settings),
  };
}

/** A key that such a file revokes could be trusted here. */
function refuseRevocations(settings: HostSettings): void {
  const line = settings.first('revokedhostkeys');
  if (line === null || line.words[0]?.toLowerCase() === 'none') return;
  throw configError(`A file of revoked host keys is not read here: RevokedHostKeys in ${line.where}`, {
    remedy:
      'Have its keys as @revoked in the file of --ssh-known-hosts, and name a config file without that line: --ssh-config FILE; or none: --ssh-config none.',
  });
}

function readPort(line: ConfigLine | null): number {
  if (line === null) return SSH_PORT;
  const port = Number(line.words[0]);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw configError(`There is no port in ${line.where}`);
}

interface Known {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly userFolder: string;
}

/** The first key file that is there: ssh offers them in order, and those that are not there are passed over. */
function keyOf(settings: HostSettings, { host, port, user, userFolder }: Known): string | undefined {
  const local = userInfo().username;
  const tokens = { h: host, p: String(port), r: user ?? local, u: local, d: userFolder };
  for (const line of settings.all('identityfile')) {
    const path = expand(line, tokens);
    if (path.toLowerCase() === 'none') return undefined;
    const whole = path.startsWith('~/') ? join(userFolder, path.slice(2)) : resolve(path);
    if (existsSync(whole)) return whole;
  }
  return undefined;
}

/** The jump hosts of the `ProxyJump` that ssh would take. A `ProxyCommand` is a program to be run, which is not done. */
function jumpsOf(settings: HostSettings): readonly JumpHost[] {
  const way = wayOf(settings);
  if (way === null) return [];
  if (way.keyword === 'proxycommand') {
    throw configError(`A program leads to the SSH server, and none is run: ProxyCommand in ${way.where}`, {
      remedy: 'Give the servers that lead there: --ssh-jump USER@HOST:PORT; or read no config file: --ssh-config none.',
    });
  }
  const hops = readJump(way.words.join(''));
  if (hops === null) throw configError(`The jump hosts cannot be read in ${way.where}`);
  return hops;
}
