import type { ReactNode } from 'react';
import type { RunDetail, RunPause } from '../../../src-shared/contract/runs.ts';
import { formatClock } from '../../../src-shared/util/format-moment.ts';
import { text } from '../../text/text.ts';

const words = text.runs.pause;

/** Since when a run is paused, what that costs meanwhile, and when it goes on by itself. */
export function PausedNote({ run, paused }: { readonly run: RunDetail; readonly paused: RunPause }): ReactNode {
  return (
    <div className="note" role="status">
      <span className="grow">
        <span className="strong">{words.since(formatClock(paused.since), formatClock(paused.until))}</span>{' '}
        {paused.afterStatement ? `${words.afterStatement} ` : ''}
        {run.pausable === null ? '' : words.meanwhile(run.pausable.meanwhile)}
      </span>
    </div>
  );
}
