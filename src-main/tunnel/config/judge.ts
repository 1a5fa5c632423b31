import { userInfo } from 'node:os';
import { matchesPattern } from '../../ssh/match-pattern.ts';
import type { Block, Criterion } from './block.ts';
import { hostNameOf } from './expand.ts';
import type { Asked, Said, Verdict } from './said.ts';

/** One reading of the file from its first line to its last. */
export interface Pass {
  /** What was said so far. */
  readonly said: readonly Said[];
  /** What `Host` is compared with. */
  readonly name: string;
  readonly asked: Asked;
  /** The second one, in which the name is settled. */
  readonly isFinal: boolean;
}

/** Whether the lines of a block speak of a server, by what was said above it. */
export function judge(block: Block, pass: Pass): Verdict {
  if (block.by === 'host') return speaksOf(block.patterns, pass.name);
  return block.criteria.reduce<Verdict>((verdict, criterion) => {
    const own = answer(criterion, block.where, pass);
    return both(verdict, typeof own === 'boolean' ? own !== criterion.isNegated : own);
  }, true);
}

/** False as soon as one is; in doubt where none is. */
export function both(a: Verdict, b: Verdict): Verdict {
  if (a === false || b === false) return false;
  return a === true ? b : a;
}

function answer({ about, patterns }: Criterion, where: string, { said, name, asked, isFinal }: Pass): Verdict {
  switch (about) {
    case 'all':
      return true;
    case 'canonical':
    case 'final':
      return isFinal;
    case 'originalhost':
      return speaksOfHost(patterns, asked.host);
    case 'host': {
      if (isFinal) return speaksOfHost(patterns, name);
      const so = firstOf(said, 'hostname');
      return so?.doubt ?? speaksOfHost(patterns, hostNameOf(so?.line ?? null, asked.host));
    }
    case 'user': {
      if (asked.user !== undefined) return speaksOf(patterns, asked.user);
      const so = firstOf(said, 'user');
      return so?.doubt ?? speaksOf(patterns, so?.line.words[0] ?? userInfo().username);
    }
    case 'localuser':
      return speaksOf(patterns, userInfo().username);
    default:
      return { about, where };
  }
}

function firstOf(said: readonly Said[], keyword: string): Said | undefined {
  return said.find(({ line }) => line.keyword === keyword);
}

/** Names of hosts are the same in capitals where Match asks for them; not so where Host does. */
function speaksOfHost(patterns: readonly string[], name: string): boolean {
  return speaksOf(
    patterns.map((pattern) => pattern.toLowerCase()),
    name.toLowerCase(),
  );
}

/** One pattern has to match, and none that begins with `!`. */
function speaksOf(patterns: readonly string[], name: string): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(pattern.slice(1), name))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matchesPattern(pattern, name));
}
