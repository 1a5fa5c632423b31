import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import { findingKey, type ReviewAnswers } from './review-store.ts';

export type Waiting =
  | { readonly kind: 'errors'; readonly count: number }
  | { readonly kind: 'warnings'; readonly count: number }
  | { readonly kind: 'catalog' }
  | { readonly kind: 'name' }
  | { readonly kind: 'folder' };

interface Given {
  readonly review: Pick<ReviewState, 'findings' | 'needs' | 'catalog'>;
  readonly answers: ReviewAnswers;
  readonly folder: string;
  /** What was typed as the name of the connection. */
  readonly typed: string;
}

/** What a person still has to do before the run can start, in the order of the screen; empty: nothing. */
export function waitingFor({ review, answers, folder, typed }: Given): readonly Waiting[] {
  const { findings, needs, catalog } = review;
  const errors = blockingErrors(review).length;
  const warnings = findings.filter(
    (finding) => finding.severity === 'warning' && !answers.accepted.has(findingKey(finding)),
  ).length;
  const waiting: Waiting[] = [];
  if (errors > 0) waiting.push({ kind: 'errors', count: errors });
  if (needs.acceptCatalog && answers.catalog !== catalog.digest) waiting.push({ kind: 'catalog' });
  if (warnings > 0) waiting.push({ kind: 'warnings', count: warnings });
  if (folder.trim() === '') waiting.push({ kind: 'folder' });
  if (needs.confirm !== null && typed !== needs.confirm) waiting.push({ kind: 'name' });
  return waiting;
}

/** Errors that the plan has to be changed for: a catalog that is yet to be accepted is answered here. */
export function blockingErrors({ findings }: Pick<ReviewState, 'findings'>): ReviewState['findings'] {
  return findings.filter(({ severity, code }) => severity === 'error' && code !== 'PLAN/CATALOG_UNACCEPTED');
}
