import { describe, expect, it } from 'vitest';
import type { ReviewState } from '../../../src-shared/contract/plans.ts';
import { findingKey, type ReviewAnswers } from '../../../src-renderer/features/plan/review/review-store.ts';
import { waitingFor } from '../../../src-renderer/features/plan/review/waiting-for.ts';

type Finding = ReviewState['findings'][number];

const suspect = (field: string, line: number): Finding => ({
  ...{ severity: 'warning', code: 'PLAN/COLUMN_UNMASKED', message: `${field} goes out`, table: 'a.b' },
  ...{ field, line },
});
const refused: Finding = { severity: 'error', code: 'PLAN/SQL_REFUSED', message: 'broken' };
const unaccepted: Finding = { severity: 'error', code: 'PLAN/CATALOG_UNACCEPTED', message: 'nobody signed it off' };
const note: Finding = { severity: 'note', code: 'PLAN/SQL_REFUSED', message: 'by the way' };

const nothing: ReviewAnswers = { accepted: new Set(), catalog: null, folder: null };

function reviewOf(findings: Finding[], confirm: string | null = null) {
  const acceptCatalog = findings.includes(unaccepted);
  const catalog: ReviewState['catalog'] = { digest: 'sha256:1', state: 'unsigned', drift: [] };
  return { findings, needs: { confirm, acceptCatalog }, catalog };
}
const kinds = (...given: Parameters<typeof waitingFor>) => waitingFor(...given).map(({ kind }) => kind);

describe('what the start of a run waits for', () => {
  it('is nothing where nothing speaks against it', () => {
    expect(kinds({ review: reviewOf([note]), answers: nothing, folder: '/out', typed: '' })).toEqual([]);
  });

  it('is each warning that was not accepted, wherever it stands in the file now', () => {
    const answers = { ...nothing, accepted: new Set([findingKey(suspect('email', 8))]) };
    const review = reviewOf([suspect('email', 9), suspect('phone', 9)]);
    expect(waitingFor({ review, answers, folder: '/out', typed: '' })).toEqual([{ kind: 'warnings', count: 1 }]);
  });

  it('is the catalog until the one of now was accepted, and not one of before', () => {
    const review = reviewOf([unaccepted]);
    const given = (catalog: string | null) => ({ review, answers: { ...nothing, catalog }, folder: '/out', typed: '' });
    expect(kinds(given(null))).toEqual(['catalog']);
    expect(kinds(given('sha256:0'))).toEqual(['catalog']);
    expect(kinds(given('sha256:1'))).toEqual([]);
  });

  it('is the whole name of a production connection, a folder, and errors to be mended', () => {
    const review = reviewOf([refused], 'shop-prod');
    expect(kinds({ review, answers: nothing, folder: ' ', typed: 'shop-pro' })).toEqual(['errors', 'folder', 'name']);
    expect(kinds({ review, answers: nothing, folder: '/out', typed: 'shop-prod' })).toEqual(['errors']);
  });
});
