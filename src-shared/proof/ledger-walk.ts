import { toHex } from '../util/hex.ts';
import { continues, parseEntry, type Entry } from './entry.ts';
import { equalBytes } from './equal-bytes.ts';
import type { FindingLog } from './finding-log.ts';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot, leafHash, type Frontier } from './merkle.ts';
import type { TreeHead } from './merkle-proof.ts';
import type { ProofPrimitives } from './primitives.ts';

/** A tree head from elsewhere that the ledger must have passed through. */
export interface Probe extends TreeHead {
  /** Called when the ledger had another root at that size. */
  readonly onMismatch: () => void;
}

/** What a caller looks for in the entries of a ledger. */
export interface WalkRequest {
  readonly primitives: ProofPrimitives;
  readonly log: FindingLog;
  readonly probes: readonly Probe[];
  readonly onEntry: (entry: Entry, leafHash: string) => void;
}

/**
 * Follows a ledger line by line: numbers, chain, times, unique ids, the growing tree, and the tree heads it must have had.
 * Memory holds one frontier and the ids.
 */
export class LedgerWalk {
  readonly #request: WalkRequest;
  readonly #probes = new Map<number, Probe[]>();
  readonly #ids = new Set<string>();
  #frontier: Frontier = EMPTY_FRONTIER;
  #previousHash: string | undefined;
  #previousTime = '';

  constructor(request: WalkRequest) {
    this.#request = request;
    for (const probe of request.probes) this.#probes.set(probe.size, [...(this.#probes.get(probe.size) ?? []), probe]);
  }

  /** Entries taken so far. */
  get size(): number {
    return this.#frontier.size;
  }

  get root(): Uint8Array {
    return frontierRoot(this.#request.primitives, this.#frontier);
  }

  /** Takes the next line; `false` when the ledger is broken here and what follows means nothing. */
  take(line: Uint8Array): boolean {
    const { primitives, log, onEntry } = this.#request;
    const seq = this.size;
    const entry = parseEntry(line);
    if (!entry.ok) {
      log.add('ENTRY_INVALID', entry.reason, { seq });
      return false;
    }
    if (!this.#follows(entry.value, seq)) return false;
    this.#judgeTimeAndId(entry.value, seq);
    const leaf = leafHash(primitives, line);
    this.#frontier = appendLeaf(primitives, this.#frontier, leaf);
    this.#previousHash = toHex(leaf);
    const probes = this.#probes.get(this.size) ?? [];
    for (const probe of probes) if (!equalBytes(probe.root, this.root)) probe.onMismatch();
    onEntry(entry.value, this.#previousHash);
    return true;
  }

  #follows(entry: Entry, seq: number): boolean {
    const { log } = this.#request;
    switch (continues(entry, seq, this.#previousHash)) {
      case 'yes':
        return true;
      case 'seq':
        log.add('ENTRY_OUT_OF_ORDER', `Entry ${seq} calls itself ${entry.seq}.`, { seq });
        return false;
      case 'prev':
        if (seq === 0) log.add('ENTRY_CHANGED', 'Entry 0 names an entry before it.', { seq });
        // The later line vouches for the earlier one, so it is the earlier one that is not what it was.
        else log.add('ENTRY_CHANGED', `Entry ${seq} names another hash for entry ${seq - 1}.`, { seq: seq - 1 });
        return false;
    }
  }

  #judgeTimeAndId(entry: Entry, seq: number): void {
    const { log } = this.#request;
    const adjusts = entry.kind === 'event' && entry.type === 'clock.adjusted';
    // All times have one length and zone, so that their order is that of their text.
    if (entry.time < this.#previousTime && !adjusts) {
      log.add('TIME_REVERSED', `Entry ${seq} is dated before the entry it follows.`, { seq });
    }
    this.#previousTime = entry.time;
    if (this.#ids.has(entry.id)) log.add('ENTRY_REPEATED', `Entry ${seq} has the id of an earlier entry.`, { seq });
    this.#ids.add(entry.id);
  }
}
