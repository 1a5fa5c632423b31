import { matchesPattern } from '../../ssh/match-pattern.ts';
import type { ConfigLine } from './read-config.ts';

/** What a config file says of one host: of each keyword the first line that speaks of it, as ssh takes it. */
export interface HostSettings {
  readonly first: (keyword: string) => ConfigLine | null;
  readonly all: (keyword: string) => readonly ConfigLine[];
}

/** The lines that speak of a host by the name that a person gives. */
export function settingsOf(lines: readonly ConfigLine[], host: string): HostSettings {
  const own = lines.filter(({ hosts }) => hosts !== null && hosts.every((patterns) => speaksOf(patterns, host)));
  const all = (keyword: string): readonly ConfigLine[] => own.filter((line) => line.keyword === keyword);
  return { all, first: (keyword) => all(keyword)[0] ?? null };
}

/** One pattern has to match, and none that begins with `!`. */
function speaksOf(patterns: readonly string[], host: string): boolean {
  const name = host.toLowerCase();
  const matches = (pattern: string): boolean => matchesPattern(pattern.toLowerCase(), name);
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}
