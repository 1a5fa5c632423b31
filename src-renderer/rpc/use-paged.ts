import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { CoreClient } from '../../src-shared/contract/contract.ts';
import { useCore, type AnswerKey } from './core-context.tsx';

/** Lines fetched at once. */
const PAGE = 200;

interface Page<Line> {
  readonly size: number;
  readonly matching: number;
  readonly lines: readonly Line[];
}

/** A long list of the core's, of which only the pages in sight are fetched. */
export interface Paged<Line> {
  /** Lines without a filter; null before the first answer. */
  readonly size: number | null;
  readonly matching: number;
  /** undefined: not fetched yet. */
  readonly lineAt: (index: number) => Line | undefined;
  readonly indexOf: (wanted: (line: Line) => boolean) => number | null;
  /** Tells which lines are in sight. */
  readonly look: (first: number, last: number) => void;
  readonly error: unknown;
}

/** `key` names the list with its filter; `ask` fetches a part of it. */
export function usePaged<Line>(
  key: AnswerKey,
  ask: (
    core: CoreClient,
    part: { readonly from: number; readonly count: number },
    signal: AbortSignal,
  ) => Promise<Page<Line>>,
): Paged<Line> {
  const core = useCore();
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const wanted = pagesOf(sight);
  const answers = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...key, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(core, { from: page * PAGE, count: PAGE }, signal),
    })),
  });
  const pages = new Map(wanted.map((page, at) => [page, answers[at]?.data]));
  const known = answers.find(({ data }) => data !== undefined)?.data;
  const [kept, setKept] = useState<{ readonly size: number; readonly matching: number } | null>(null);
  // While a new filter is asked for, the list keeps its length: rows without text jump less than no rows.
  if (known !== undefined && (known.size !== kept?.size || known.matching !== kept.matching)) {
    setKept({ size: known.size, matching: known.matching });
  }
  return {
    size: kept?.size ?? null,
    matching: kept?.matching ?? 0,
    lineAt: (index) => pages.get(Math.floor(index / PAGE))?.lines[index % PAGE],
    indexOf: (isWanted) => {
      for (const [page, answer] of pages) {
        const at = answer?.lines.findIndex(isWanted) ?? -1;
        if (at >= 0) return page * PAGE + at;
      }
      return null;
    },
    look: (first, last) => {
      if (String(pagesOf({ first, last })) !== String(wanted)) setSight({ first, last });
    },
    error: answers.find(({ error }) => error !== null)?.error ?? null,
  };
}

function pagesOf({ first, last }: { readonly first: number; readonly last: number }): readonly number[] {
  const [from, to] = [Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE)];
  const shown = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  // The first page tells how long the list is, wherever the person looks.
  return from === 0 ? shown : [0, ...shown];
}
