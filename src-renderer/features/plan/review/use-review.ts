import { useEffect, useMemo } from 'react';
import type { DestinationState, ReviewState } from '../../../../src-shared/contract/plans.ts';
import { useAnswer, useForget } from '../../../rpc/core-context.tsx';
import type { PlanEditorState } from '../plan-editor.ts';
import { useReviewAnswers, type ReviewAnswers } from './review-store.ts';

export interface Review {
  /** null: it is being looked at for the first time. */
  readonly state: ReviewState | null;
  readonly error: unknown;
  /** What is shown is of an earlier text, or is being checked again. */
  readonly isChecking: boolean;
  readonly again: () => void;
  readonly answers: ReviewAnswers;
  /** Folder that the package shall appear in, as it was typed. */
  readonly folder: string;
  /** null: not known yet. */
  readonly destination: DestinationState | null;
}

/** What the run would do, checked at the server each time that the plan, its connection or its targets have changed. */
export function useReview(editor: PlanEditorState): Review {
  const { path, file, compiled, connection } = editor;
  const answers = useReviewAnswers(path);
  const forget = useForget();
  const { data: targets = [] } = useAnswer(['targets', 'list'], (core, signal) =>
    core.targets.list(undefined, { signal }),
  );
  const about = JSON.stringify([connection, targets.map(({ name }) => name)]);
  const { data, error, isFetching, refetch } = useAnswer(
    ['review', path, file.digest, about],
    (core, signal) => core.plans.review({ path }, { signal }),
    { keepLast: true },
  );
  const reviewed = data ?? null;
  const folder = answers.folder ?? compiled?.folder ?? '';
  const destination = useDestination(editor, {
    folder,
    acceptCatalog: answers.catalog !== null && needsCatalog(reviewed),
    packageBytes: reviewed?.packageBytes ?? null,
  });
  const state = useMemo(() => withFindings(reviewed, destination), [reviewed, destination]);
  const isFresh = state?.catalog.digest === compiled?.catalog.digest;
  useEffect(() => {
    // The other steps still speak of the catalog as it was before.
    if (state !== null && !isFresh && state.digest === compiled?.digest) void forget(['plans', 'compile', path]);
  }, [state, isFresh, compiled?.digest, path, forget]);
  return {
    state,
    error,
    isChecking: isFetching || state?.digest !== file.digest,
    again: () => void refetch(),
    answers,
    folder,
    destination,
  };
}

/** What speaks against the folder is accepted as what speaks against the plan is. */
function withFindings(state: ReviewState | null, destination: DestinationState | null): ReviewState | null {
  if (state === null || destination === null || destination.findings.length === 0) return state;
  return { ...state, findings: [...state.findings, ...destination.findings] };
}

const needsCatalog = (state: ReviewState | null): boolean => state?.needs.acceptCatalog === true;

function useDestination(
  { path, file, connection }: PlanEditorState,
  wish: { readonly folder: string; readonly acceptCatalog: boolean; readonly packageBytes: number | null },
): DestinationState | null {
  const { data } = useAnswer(
    ['destination', path, file.digest, connection?.production, wish],
    (core, signal) => core.plans.destination({ path, ...wish }, { signal }),
    { enabled: wish.folder.trim() !== '', keepLast: true },
  );
  return data ?? null;
}
