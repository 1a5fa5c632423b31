import type { EntryFacets, EntryFilter } from '../../../src-shared/contract/evidence.ts';
import type { LineSummary } from './summarise-line.ts';

/** More than a side panel shows; the entries of other values stay in the list. */
const VALUES_AT_MOST = 24;

/** `export` of `export.started`; empty where a line has no type. */
export function nounOf(type: string): string {
  return type.split('.', 1)[0] ?? '';
}

/** Numbers of the lines that a filter lets through, oldest first. */
export function matchesOf(lines: readonly LineSummary[], filter: EntryFilter): readonly number[] {
  const words = (filter.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [nouns, outcomes, who] = [filter.withoutNouns, filter.withoutOutcomes, filter.withoutWho].map(
    (values) => new Set(values ?? []),
  );
  const found: number[] = [];
  for (const line of lines) {
    const unwanted =
      nouns?.has(nounOf(line.type)) === true ||
      outcomes?.has(line.outcome ?? '') === true ||
      who?.has(line.who ?? '') === true;
    if (!unwanted && words.every((word) => line.sought.includes(word))) found.push(line.seq);
  }
  return found;
}

/** How often each noun, outcome and person occurs, the most frequent first. */
export function facetsOf(lines: readonly LineSummary[]): EntryFacets {
  return {
    nouns: countsOf(lines, ({ type }) => nounOf(type)),
    outcomes: countsOf(lines, ({ outcome }) => outcome ?? ''),
    who: countsOf(lines, ({ who }) => who ?? ''),
  };
}

function countsOf(
  lines: readonly LineSummary[],
  valueOf: (line: LineSummary) => string,
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const value = valueOf(line);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const all = [...counts].map(([value, count]) => ({ value, count }));
  return all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, VALUES_AT_MOST);
}
