import { configError } from './config-error.ts';
import type { ConfigLine } from './read-config.ts';

/** A server as it is asked about. */
export interface Asked {
  readonly host: string;
  /** Given by a person, which goes before what the file says. */
  readonly user?: string;
  /** Another server leads there, whatever the file says. */
  readonly isLed?: boolean;
}

/** A `Match` that nobody can judge without running a program, or by what is not known here. */
export interface Doubt {
  readonly about: string;
  readonly where: string;
}

/** Whether a line counts. */
export type Verdict = boolean | Doubt;

/** A line that speaks of a server. */
export interface Said {
  readonly line: ConfigLine;
  /** null: it counts. */
  readonly doubt: Doubt | null;
}

/**
 * What a config file says of one server: of each keyword the first line that speaks of it, as ssh takes it. It throws where
 * nobody can tell whether that line counts.
 */
export interface HostSettings {
  /** With several keywords: the first line that has one of them. */
  readonly first: (...keywords: readonly string[]) => ConfigLine | null;
  readonly all: (keyword: string) => Iterable<ConfigLine>;
}

/** What was said so far; lines may be added later. */
export function settingsIn(said: readonly Said[]): HostSettings {
  const all = function* (...keywords: readonly string[]): Generator<ConfigLine, null> {
    for (const { line, doubt } of said) {
      if (!keywords.includes(line.keyword)) continue;
      if (doubt !== null) throw undecided(line, doubt);
      yield line;
    }
    return null;
  };
  return { all, first: (...keywords) => all(...keywords).next().value };
}

/** How people write a keyword by which one connects elsewhere or otherwise, and how to say the same without the file. */
const KEYWORDS: Readonly<Record<string, readonly [name: string, instead: string | null]>> = {
  hostname: ['HostName', 'Name the server itself with --ssh-host'],
  port: ['Port', 'Give --ssh-port, of a jump host its port in --ssh-jump'],
  user: ['User', 'Give --ssh-user, of a jump host its user in --ssh-jump'],
  identityfile: ['IdentityFile', 'Give --ssh-key or --ssh-agent, of jump hosts --ssh-jump-keys'],
  proxyjump: ['ProxyJump', 'Give the servers that lead there with --ssh-jump'],
  proxycommand: ['ProxyCommand', 'Give the servers that lead there with --ssh-jump'],
  hostkeyalias: ['HostKeyAlias', 'Give --ssh-host-key-alias, of jump hosts --ssh-jump-host-key-aliases'],
  canonicalizehostname: ['CanonicalizeHostname', null],
  canonicalizemaxdots: ['CanonicalizeMaxDots', null],
  canonicalizepermittedcnames: ['CanonicalizePermittedCNAMEs', null],
  revokedhostkeys: ['RevokedHostKeys', null],
  canonicaldomains: ['CanonicalDomains', null],
};

function undecided({ keyword, where }: ConfigLine, { about, where: place }: Doubt): Error {
  const [name, instead] = KEYWORDS[keyword] ?? [keyword, null];
  const why = about === 'exec' ? 'no program is run to find out' : 'that cannot be told here';
  const first = instead === null ? 'Put' : `${instead}; or put`;
  return configError(`"Match ${about}" in ${place} decides whether ${name} in ${where} counts, and ${why}`, {
    remedy: `${first} it under Host or "Match host"; or read no config file: --ssh-config none.`,
  });
}
