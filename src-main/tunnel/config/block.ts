// The lines of ssh_config(5) that open a block: `Host` and `Match`.
import { configError } from './config-error.ts';

/** What has to be so for the lines of a block to count. */
export type Block =
  | { readonly by: 'host'; readonly patterns: readonly string[] }
  | { readonly by: 'match'; readonly criteria: readonly Criterion[]; readonly where: string };

/** One question of a `Match`: `!user alice,bob`. */
export interface Criterion {
  /** In lower case: `host`, `exec`. */
  readonly about: string;
  readonly isNegated: boolean;
  /** Empty for those that stand alone. */
  readonly patterns: readonly string[];
}

/** Criteria without a value after them. */
const ALONE = new Set(['all', 'canonical', 'final']);

/** Reads what stands after `Match`. */
export function readMatch(words: readonly string[], where: string): Block {
  const parts = words.flatMap(splitWord);
  const criteria: Criterion[] = [];
  for (let at = 0; at < parts.length; at++) {
    const word = parts[at] ?? '';
    const isNegated = word.startsWith('!');
    const about = word.slice(isNegated ? 1 : 0).toLowerCase();
    if (about === 'all' && (criteria.length > 1 || at + 1 < parts.length))
      throw configError(`"all" stands beside other criteria of Match in ${where}`);
    if (ALONE.has(about)) {
      criteria.push({ about, isNegated, patterns: [] });
      continue;
    }
    at += 1;
    const value = parts[at];
    if (value === undefined) throw configError(`Match does not say which ${about} in ${where}`);
    criteria.push({ about, isNegated, patterns: about === 'exec' ? [value] : value.split(',') });
  }
  if (criteria.length === 0) throw configError(`Match asks nothing in ${where}`);
  return { by: 'match', criteria, where };
}

/** `host=shop` is two words, as `host shop` is. */
function splitWord(word: string): string[] {
  const [, about, value] = /^(!?[a-z]+)=(.+)$/i.exec(word) ?? [];
  return about === undefined || value === undefined ? [word] : [about, value];
}
