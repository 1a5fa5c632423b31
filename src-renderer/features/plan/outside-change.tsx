import Button from '@mui/material/Button';
import { useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { WarnIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import { foldSame, lineDifference } from './line-difference.ts';
import type { PlanStore } from './plan-document.ts';

const SIGNS = { same: ' ', mine: '−', theirs: '+' };

/** Another program changed the file: the difference, and whose text shall stand. */
export function OutsideChange({ store }: { readonly store: PlanStore }): ReactNode {
  const { outside, state, keepMine, takeTheirs } = useStore(store);
  const [shown, setShown] = useState(true);
  const lines = useMemo(
    () => (outside === null || state === null ? [] : foldSame(lineDifference(state.text, outside.text))),
    [outside, state],
  );
  if (outside === null) return null;
  const words = text.plan.outside;
  return (
    <div role="alert" className="outside-change">
      <div className="note warn">
        <WarnIcon size={14} className="tone-warn" />
        <span>
          <span className="medium">{words.title}</span> <span className="second">{words.hint}</span>
        </span>
        <span className="push row">
          <Button variant="text" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {words.difference}
          </Button>
          <Button variant="outlined" onClick={keepMine}>
            {words.mine}
          </Button>
          <Button variant="outlined" onClick={takeTheirs}>
            {words.theirs}
          </Button>
        </span>
      </div>
      {shown ? (
        <pre className="code difference" tabIndex={0} aria-label={words.difference}>
          {lines.map((line, index) =>
            line.kind === 'folded' ? (
              <span key={index} className="faint">
                {`  ${words.more(line.count)}\n`}
              </span>
            ) : (
              <span key={index} className={`difference-line ${line.kind}`}>
                {`${SIGNS[line.kind]} ${line.text}\n`}
              </span>
            ),
          )}
        </pre>
      ) : null}
    </div>
  );
}
