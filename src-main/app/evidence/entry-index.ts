import type { EntryFacets, EntryFilter, EntryPage, LedgerLine } from '../../../src-shared/contract/evidence.ts';
import { MAX_ENTRY_BYTES } from '../../../src-shared/proof/entry.ts';
import { HashTree } from '../../../src-shared/proof/hash-tree.ts';
import { LineSplitter } from '../../../src-shared/proof/line-splitter.ts';
import { leafHash } from '../../../src-shared/proof/merkle.ts';
import { nodePrimitives } from '../../ledger/node-primitives.ts';
import { facetsOf, matchesOf } from './filter-lines.ts';
import { summariseLine, type LineSummary } from './summarise-line.ts';

/** More than any ledger has that is looked at on a screen; a hostile file cannot fill memory. */
const MAX_LINES = 500_000;

/** A line that is known: where it lies, and what a list shows of it. */
export interface IndexedLine extends LineSummary {
  readonly offset: number;
  readonly bytes: number;
}

/** Where a line of the entries begins is kept in memory, with its hash and what a list shows: a page reads no file. */
export class EntryIndex {
  readonly lines: IndexedLine[] = [];
  readonly tree = new HashTree(nodePrimitives);
  readonly #texts = new Map<string, string>();
  /** Where a run reads from: only its first entry says so. */
  readonly #sources = new Map<string, string>();
  readonly #matches = new Map<string, readonly number[]>();
  #facets: EntryFacets | null = null;
  #bytes = 0;

  /** Bytes of the lines taken, with their ends: where the next one begins. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the lines that `blocks`, which begin at {@link bytes}, hold, until there are `size`. */
  async extend(blocks: AsyncIterable<Uint8Array>, size: number, signal?: AbortSignal): Promise<void> {
    const most = Math.min(size, MAX_LINES);
    if (this.lines.length >= most) return;
    this.#matches.clear();
    this.#facets = null;
    const splitter = new LineSplitter(MAX_ENTRY_BYTES);
    for await (const block of blocks) {
      signal?.throwIfAborted();
      for (const line of splitter.push(block)) {
        this.#take(line);
        if (this.lines.length >= most) return;
      }
      if (splitter.overlong) return;
    }
  }

  /** Part of what matches, newest first. */
  page(request: {
    readonly filter?: EntryFilter | undefined;
    readonly from: number;
    readonly count: number;
  }): EntryPage {
    const { from, count } = request;
    const size = this.lines.length;
    const matching = this.#matching(request.filter ?? {});
    const total = matching?.length ?? size;
    const lines: LedgerLine[] = [];
    for (let place = from; place < Math.min(from + count, total); place++) {
      const seq = matching === null ? size - 1 - place : matching[total - 1 - place];
      const line = seq === undefined ? undefined : this.lines[seq];
      if (line !== undefined) lines.push(shownOf(line));
    }
    return { size, matching: total, from, lines };
  }

  facets(): EntryFacets {
    return (this.#facets ??= facetsOf(this.lines));
  }

  #take(line: Uint8Array): void {
    const { seq, sought, ...facts } = summariseLine(line, this.lines.length);
    this.lines.push({
      ...facts,
      seq,
      sought,
      type: this.#once(facts.type),
      who: this.#onceOrNull(facts.who),
      from: this.#sourceOf(facts.run, this.#onceOrNull(facts.from)),
      to: this.#onceOrNull(facts.to),
      offset: this.#bytes,
      bytes: line.length,
    });
    this.tree.append(leafHash(nodePrimitives, line));
    this.#bytes += line.length + 1;
  }

  /** null: all of them. Oldest first. What was typed last is kept: a list is paged through more often than filtered. */
  #matching(filter: EntryFilter): readonly number[] | null {
    if (Object.values(filter).every((part) => part === undefined || part.length === 0)) return null;
    const key = JSON.stringify(filter);
    const known = this.#matches.get(key);
    if (known !== undefined) return known;
    const found = matchesOf(this.lines, filter);
    const oldest = this.#matches.keys().next().value;
    if (this.#matches.size >= FILTERS_KEPT && oldest !== undefined) this.#matches.delete(oldest);
    this.#matches.set(key, found);
    return found;
  }

  #sourceOf(run: string | null, from: string | null): string | null {
    if (run === null) return from;
    if (from !== null) this.#sources.set(run, from);
    return this.#sources.get(run) ?? null;
  }

  /** One copy of a text that occurs in many entries. */
  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size < TEXTS_KEPT) this.#texts.set(text, text);
    return text;
  }

  #onceOrNull(text: string | null): string | null {
    return text === null ? null : this.#once(text);
  }
}

const FILTERS_KEPT = 4;
const TEXTS_KEPT = 10_000;

/** What of a line leaves the core. */
export function shownOf({ seq, time, type, outcome, about, who, from, to, rows, run, flaw }: LedgerLine): LedgerLine {
  return { seq, time, type, outcome, about, who, from, to, rows, run, flaw };
}
