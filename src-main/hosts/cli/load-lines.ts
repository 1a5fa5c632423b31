import { waitShares, type Blocked, type LoadSummary, type WaitKind } from '../../../src-shared/model/server-load.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { counted } from '../../../src-shared/util/format-number.ts';

const KINDS: Readonly<Record<WaitKind, string>> = {
  client: 'on the client',
  disk: 'on the disk',
  lock: 'on a lock',
  other: 'on something else',
};

/** How the sessions of a run did on their server, for its report; nothing where it was over before anybody looked. */
export function loadWords(load: LoadSummary): string[] {
  const { looks, here, failed, unasked } = load;
  if (looks === 0 && here.seen === 0 && failed.length === 0) return [];
  const facts = [...(looks === 0 ? [] : [`looked at ${counted(looks, 'time')}`]), ...statementWords(load)];
  return [
    `Server: ${facts.join('; ')}`,
    ...failed.map(({ why, times }) => `${counted(times, 'look')} at the server failed: ${why}`),
    ...(unasked === null ? [] : [`The server was not asked how it was doing. ${withRemedy(unasked)}`]),
  ];
}

function statementWords({ looks, here, longestStatementMs, longestLock, ...load }: LoadSummary): string[] {
  const longest = longestStatementMs === null ? [] : [`longest statement ${formatDuration(longestStatementMs)}`];
  if (looks === 0) {
    const waited = here.seen === 0 ? [] : [`rows were waited for ${percent(here.waited / here.seen)} of the time`];
    return [...waited, ...longest, 'measured here'];
  }
  const waits = waitShares(load).map(({ kind, share }) => `${KINDS[kind]} ${percent(share)}`);
  const lock =
    longestLock === null
      ? []
      : [`longest wait on a lock ${formatDuration(longestLock.ms)}${heldBy(longestLock.blockedBy)}`];
  return [waits.length === 0 ? 'its statements waited on nothing' : `waited ${waits.join(', ')}`, ...longest, ...lock];
}

/** Who keeps a run from going on, and what can be done. */
export function blockedWords({ by, forMs }: Blocked): string {
  const since = forMs === 0 ? '' : `, for ${formatDuration(forMs)} at least by now`;
  const whose = by.length === 0 ? 'of another session' : `that ${by.join(', ')} ${by.length === 1 ? 'holds' : 'hold'}`;
  return `The run waits for a lock ${whose}${since}. → Have the work on that table committed or rolled back there; limits.lockTimeoutMs of the plan ends the wait.`;
}

/** Why the server is not asked, where a right is missing. */
export function unaskedWords({ unasked }: LoadSummary): string | null {
  return unasked?.reason === 'right' ? withRemedy(unasked) : null;
}

function withRemedy({ why, remedy }: NonNullable<LoadSummary['unasked']>): string {
  return remedy === null ? why : `${why} → ${remedy}`;
}

const heldBy = (by: readonly string[]): string => (by.length === 0 ? '' : ` (held by ${by.join(', ')})`);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
