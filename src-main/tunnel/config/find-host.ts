import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { SSH_PORT } from '../../ssh/ssh-options.ts';
import { readJump, type JumpHost } from '../jump-text.ts';
import { configError } from './config-error.ts';
import { settingsOf, type HostSettings } from './host-settings.ts';
import type { ConfigLine } from './read-config.ts';

/** A server as a config file describes it. */
export interface FoundHost {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly key: string | undefined;
  /** The servers that lead to it. Asked only where nobody named them. */
  readonly jumps: () => readonly JumpHost[];
}

/** Looks a server up by the name that a person gives; what the person said of it goes first. */
export function findHost(lines: readonly ConfigLine[], asked: JumpHost, userFolder: string): FoundHost {
  const settings = settingsOf(lines, asked.host);
  const hostName = settings.first('hostname');
  const host = hostName === null ? asked.host : expand(hostName, { h: asked.host });
  const port = asked.port ?? readPort(settings.first('port'));
  const user = asked.user ?? settings.first('user')?.words[0];
  return { host, port, user, key: keyOf(settings, { host, port, user, userFolder }), jumps: () => jumpsOf(settings) };
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

/** `ProxyJump`, where it is what ssh would take. A `ProxyCommand` is a program to be run, which is not done. */
function jumpsOf(settings: HostSettings): readonly JumpHost[] {
  const isNone = (line: ConfigLine): boolean => line.words.join(' ').toLowerCase() === 'none';
  const jump = settings.first('proxyjump');
  const command = settings.first('proxycommand');
  if (jump !== null) {
    if (isNone(jump)) return [];
    const hops = readJump(jump.words.join(''));
    if (hops === null) throw configError(`The jump hosts cannot be read in ${jump.where}`);
    return hops;
  }
  if (command === null || isNone(command)) return [];
  throw configError(`A program leads to the SSH server, and none is run: ProxyCommand in ${command.where}`, {
    remedy: 'Give the servers that lead there: --ssh-jump USER@HOST:PORT; or read no config file: --ssh-config none.',
  });
}

/** `%h` and its like, as far as they are known here. */
function expand({ words, where }: ConfigLine, tokens: Readonly<Record<string, string>>): string {
  return words.join(' ').replaceAll(/%(.)|\$\{/gs, (token, letter: string | undefined) => {
    if (letter === '%') return '%';
    const known = letter === undefined ? undefined : tokens[letter];
    if (known === undefined) throw configError(`${token} is not known here, in ${where}`);
    return known;
  });
}
