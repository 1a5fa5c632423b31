import type { RunLoad } from '../../../src-shared/contract/run-load.ts';
import { waitShares, type LoadSummary } from '../../../src-shared/model/server-load.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatPercent } from '../../components/percent.ts';
import { seenText } from '../../text/seen-text.ts';
import { text } from '../../text/text.ts';

const words = text.runs.load;

/** What the sessions of a run do now, each state once: `reading`, `2 × waits on client`. */
export function nowWords(sessions: RunLoad['sessions']): string | null {
  if (sessions === null) return null;
  const counts = new Map<string, number>();
  for (const { statementMs, wait } of sessions) {
    if (statementMs === null) continue;
    const state = wait === null ? words.reading : words.waitsNow[wait.kind];
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  if (counts.size === 0) return words.idle;
  return [...counts].map(([state, count]) => (count === 1 ? state : words.of(String(count), state))).join(', ');
}

/** What the looks of a run came to, in parts. */
export function soFarWords(load: LoadSummary): readonly string[] {
  const { looks, seen, here, longestStatementMs } = load;
  const longest = longestStatementMs === null ? [] : [words.longest(formatDuration(longestStatementMs))];
  if (looks === 0) {
    const waited = here.seen === 0 ? [] : [words.rowsWaitedFor(formatPercent(here.waited / here.seen))];
    return longest.length === 0 ? [] : [...waited, ...longest, words.here];
  }
  const shares = waitShares(load).map(({ kind, share }) => words.share[kind](formatPercent(share)));
  const waits = seen === 0 ? [] : [shares.length === 0 ? words.waitedOnNothing : words.waited(shares.join(', '))];
  return [...waits, ...longest];
}

/** Why the server is not asked, and what to do, in one sentence or two; null: it is. */
export function unaskedWords({ unasked }: LoadSummary): string | null {
  if (unasked === null) return null;
  return seenText(unasked.remedy === null ? unasked.why : `${unasked.why} ${unasked.remedy}`);
}

/** Of the report of a run that has ended: all that was found, a line each. */
export function loadLines(load: LoadSummary): readonly string[] {
  const { looks, here, longestLock, failed } = load;
  if (looks === 0 && here.seen === 0 && failed.length === 0) return [];
  const lock =
    longestLock === null
      ? []
      : [words.longestLock(formatDuration(longestLock.ms), seenText(longestLock.blockedBy.join(', ')))];
  const unasked = unaskedWords(load);
  return [
    [...(looks === 0 ? [] : [words.looks(looks)]), ...soFarWords(load), ...lock].join(' · '),
    ...failed.map(({ why, times }) => words.failed(times, seenText(why))),
    ...(unasked === null ? [] : [words.unasked(unasked)]),
  ];
}
