import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import { BadIcon, InfoIcon, WarnIcon } from '../../../components/icons.tsx';
import { Tick } from '../../../components/marks.tsx';
import { useWorkbench } from '../../../state/workbench.ts';
import { remedyOnScreen } from '../../../text/error-on-screen.ts';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { stepOf } from '../step-ids.ts';
import { acceptFindings } from './review-store.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.planReview.findings;

type Finding = ReviewState['findings'][number];

interface LineProps {
  readonly finding: Finding;
  readonly editor: PlanEditorState;
  readonly isAccepted: boolean;
}

const MARKS = {
  error: <BadIcon className="tone-bad" />,
  warning: <WarnIcon className="tone-warn" />,
  note: <InfoIcon className="faint" />,
};

/** A finding: what it is, where, what to do, and what can be done at once. */
export function FindingLine({ finding, editor, isAccepted }: LineProps): ReactNode {
  const { severity, remedy, code, line, column } = finding;
  const message = seenText(finding.message);
  const isSuspect = code === 'PLAN/COLUMN_UNMASKED';
  return (
    <li className="finding">
      {MARKS[severity]}
      <div className="grow">
        <p className={severity === 'note' ? 'second' : 'medium'}>
          {isSuspect ? seenText(words.unmasked(finding.table ?? '', finding.field ?? '')) : message}
        </p>
        {/* What a plan file would say of a suspected column is done by the button here. */}
        <p className="small second">{isSuspect ? message : seenText(remedyOnScreen(code, remedy) ?? '')}</p>
        <p className="small faint">
          {line === undefined ? '' : `${words.place(line, column ?? 1)} · `}
          <span className="data">{code}</span>
        </p>
        <div className="row finding-actions">
          {severity === 'warning' ? (
            <label className="row">
              <Tick
                value={isAccepted}
                label={words.acceptThis(message)}
                onChange={(on) => acceptFindings(editor.path, [finding], on)}
              />
              <span>{words.accept}</span>
            </label>
          ) : null}
          <GoThere finding={finding} editor={editor} />
        </div>
      </div>
    </li>
  );
}

/** The way to the step in which something can be done about it. */
function GoThere({ finding, editor }: Pick<LineProps, 'finding' | 'editor'>): ReactNode {
  const chooseTable = useWorkbench((state) => state.chooseTable);
  const step = finding.code === 'PLAN/COLUMN_UNMASKED' ? 'masking' : stepOf(finding);
  if (finding.severity === 'note' || step === 'review') return null;
  const go = (): void => {
    const table = editor.compiled?.tables.find(({ name }) => name === finding.table);
    if (table !== undefined) chooseTable(table.table);
    editor.goTo(step);
  };
  return (
    <Button variant="text" className="push" sx={{ height: 24 }} onClick={go}>
      {finding.code === 'PLAN/COLUMN_UNMASKED' ? words.mask : words.goTo(text.plan.stepNames[step])}
    </Button>
  );
}
