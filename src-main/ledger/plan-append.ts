import type { LedgerHome } from './ledger-home.ts';
import { entryLine, type EventContent, type SealContent } from './entry-line.ts';
import type { Committed } from './read-committed.ts';
import { takeLine, type TreeState } from './tree-state.ts';

export interface PlannedAppend {
  /** What is written: the entry, and before it `clock.adjusted` when the clock went back. */
  readonly lines: readonly Uint8Array[];
  /** The entry itself: the last of `lines`. */
  readonly line: Uint8Array;
  /** The tree that the entry itself is appended to. */
  readonly before: TreeState;
  readonly now: Date;
}

/** The lines that record `content` after what is committed. */
export function planAppend(home: LedgerHome, committed: Committed, content: EventContent | SealContent): PlannedAppend {
  const now = home.clock.now();
  const lines: Uint8Array[] = [];
  let before = committed.state;
  if (now.toISOString() < committed.lastTime) {
    const data = { from: committed.lastTime, to: now.toISOString() };
    const adjusted = entryLine(home, { state: before, now }, { type: 'clock.adjusted', data });
    before = takeLine(before, adjusted);
    lines.push(adjusted);
  }
  const line = entryLine(home, { state: before, now }, content);
  return { lines: [...lines, line], line, before, now };
}
