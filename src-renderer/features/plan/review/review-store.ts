import { create } from 'zustand';
import type { ReviewState } from '../../../../src-shared/contract/plans.ts';

type Finding = ReviewState['findings'][number];

/** What a person has answered in the review of a plan. It outlives a look at another step, and no closing of the tab's window. */
export interface ReviewAnswers {
  /** Warnings that were accepted, by {@link findingKey}. */
  readonly accepted: ReadonlySet<string>;
  /** Digest of the catalog that was accepted for the run. */
  readonly catalog: string | null;
  /** Folder that the package shall appear in; null: where it would without being asked. */
  readonly folder: string | null;
}

const NOTHING: ReviewAnswers = { accepted: new Set(), catalog: null, folder: null };

const useReviews = create<{ readonly byPath: Readonly<Record<string, ReviewAnswers>> }>()(() => ({ byPath: {} }));

export const useReviewAnswers = (path: string): ReviewAnswers => useReviews(({ byPath }) => byPath[path] ?? NOTHING);

export function answerReview(path: string, change: (now: ReviewAnswers) => Partial<ReviewAnswers>): void {
  useReviews.setState(({ byPath }) => {
    const now = byPath[path] ?? NOTHING;
    return { byPath: { ...byPath, [path]: { ...now, ...change(now) } } };
  });
}

/** The same finding after a change elsewhere in the file: its place does not count, what it says does. */
export const findingKey = ({ code, table, field, message }: Finding): string =>
  JSON.stringify([code, table ?? '', field ?? '', message]);

/** Accepts these warnings, or takes that back. */
export function acceptFindings(path: string, findings: readonly Finding[], isAccepted: boolean): void {
  answerReview(path, ({ accepted }) => {
    const next = new Set(accepted);
    for (const finding of findings) {
      if (isAccepted) next.add(findingKey(finding));
      else next.delete(findingKey(finding));
    }
    return { accepted: next };
  });
}
