import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import { formatTimeOfDay } from '../../../../src-shared/util/format-moment.ts';
import { copyText } from '../../../components/copy-text.ts';
import { CopyIcon, RefreshIcon } from '../../../components/icons.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { DeliverySection, MaskSection, ReadSection, SnapshotSection, WriteSection } from './happenings.tsx';
import { Happening } from './happening.tsx';
import type { Review } from './use-review.ts';

const words = text.planReview;

/** Everything that the run will do, in order, before it does it. */
export function WhatHappens({
  editor,
  review,
}: {
  readonly editor: PlanEditorState;
  readonly review: Review;
}): ReactNode {
  const { state, isChecking, again, destination } = review;
  if (state === null) return null;
  const numbered = [
    <Happening key="record" title={words.record.title} fact={words.record.fact} />,
    <SnapshotSection key="snapshot" editor={editor} state={state} />,
    <ReadSection key="read" editor={editor} state={state} />,
    <MaskSection key="mask" editor={editor} state={state} />,
    <WriteSection key="write" editor={editor} review={review} state={state} />,
    <Happening key="check" title={words.check.title} fact={words.check.fact} />,
    <DeliverySection key="deliver" editor={editor} state={state} />,
  ];
  return (
    <div className="review-happenings">
      <SectionHead
        title={words.title}
        actions={
          <>
            <span className="faint figures" role="status">
              {isChecking ? words.checking : words.checkedAt(formatTimeOfDay(state.checkedAt))}
            </span>
            <IconButton aria-label={words.again} title={words.again} disabled={isChecking} onClick={again}>
              <RefreshIcon size={14} />
            </IconButton>
          </>
        }
      />
      {/* It scrolls, so it can be reached by keyboard. */}
      <div
        className={isChecking ? 'scroll grow dimmed' : 'scroll grow'}
        tabIndex={0}
        role="region"
        aria-label={words.title}
      >
        <ol>{numbered}</ol>
        {destination === null ? null : <CommandLine command={destination.command} />}
      </div>
    </div>
  );
}

/** The same run from a terminal. */
function CommandLine({ command }: { readonly command: string }): ReactNode {
  return (
    <div className="review-command">
      <span className="label">{words.terminal}</span>
      <div className="code-box row">
        <code className="data grow">{command}</code>
        <IconButton aria-label={words.copyCommand} title={words.copyCommand} onClick={() => copyText(command)}>
          <CopyIcon size={14} />
        </IconButton>
      </div>
    </div>
  );
}
