import type { ReactNode } from 'react';
import { ErrorState, LoadingState } from '../../../components/states.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState, StepProps } from '../plan-editor.ts';
import { FindingsPanel } from '../review/findings-panel.tsx';
import { StartPanel } from '../review/start-panel.tsx';
import { useReview, type Review } from '../review/use-review.ts';
import { useStart } from '../review/use-start.tsx';
import { WhatHappens } from '../review/what-happens.tsx';
import '../review/review.css';

/** Step 8: what will happen, what speaks against it, and the start. */
export function ReviewStep({ editor }: StepProps): ReactNode {
  const review = useReview(editor);
  const start = useStart(editor, review);
  if (review.error !== null) return <ErrorState error={review.error} onRetry={review.again} />;
  return review.state === null ? (
    <LoadingState what={text.planReview.checking} />
  ) : (
    <Reviewed editor={editor} review={review} state={review.state} start={start} />
  );
}

function Reviewed({
  editor,
  review,
  state,
  start,
}: {
  readonly editor: PlanEditorState;
  readonly review: Review;
  readonly state: NonNullable<Review['state']>;
  readonly start: ReturnType<typeof useStart>;
}): ReactNode {
  return (
    <div className="review">
      <WhatHappens editor={editor} review={review} />
      <aside className="review-side" aria-label={text.planReview.side}>
        <FindingsPanel editor={editor} state={state} answers={review.answers} />
        <StartPanel editor={editor} state={state} start={start} />
      </aside>
    </div>
  );
}
