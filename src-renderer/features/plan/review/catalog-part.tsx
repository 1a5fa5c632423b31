import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import { CheckIcon, WarnIcon } from '../../../components/icons.tsx';
import { Tick } from '../../../components/marks.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { answerReview, type ReviewAnswers } from './review-store.ts';

const words = text.planReview.catalog;

/** More are in the finding of `plan check`. */
const SHOWN = 20;

/** Whether somebody has signed off what the tables are today: what has changed since, and the way to accept it. */
export function CatalogPart({
  editor,
  state,
  answers,
}: {
  readonly editor: PlanEditorState;
  readonly state: ReviewState;
  readonly answers: ReviewAnswers;
}): ReactNode {
  const { catalog, needs } = state;
  if (catalog.state === 'accepted') {
    return (
      <p className="row review-more second" title={catalog.digest ?? ''}>
        <CheckIcon size={14} className="tone-ok" />
        {words.accepted}
      </p>
    );
  }
  if (catalog.state === 'unsigned' && !needs.acceptCatalog) return null;
  const isDrifted = catalog.state === 'drifted';
  return (
    <section className="finding">
      <WarnIcon className="tone-warn" />
      <div className="grow">
        <p className="medium">{isDrifted ? words.drifted : words.open}</p>
        {isDrifted ? <Drift lines={catalog.drift} /> : <p className="small second">{words.openHint}</p>}
        <div className="row finding-actions">
          {isDrifted ? null : (
            <label className="row">
              <Tick
                value={answers.catalog === catalog.digest}
                label={words.acceptOnce}
                onChange={(on) => answerReview(editor.path, () => ({ catalog: on ? catalog.digest : null }))}
              />
              <span>{words.acceptOnce}</span>
            </label>
          )}
          <SignOff editor={editor} />
        </div>
      </div>
    </section>
  );
}

function Drift({ lines }: { readonly lines: readonly string[] }): ReactNode {
  if (lines.length === 0) return <p className="small second">{words.driftUnknown}</p>;
  return (
    <ul className="small second">
      {lines.slice(0, SHOWN).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {lines.length > SHOWN ? <li>{words.driftMore(lines.length - SHOWN)}</li> : null}
    </ul>
  );
}

/** Writes the digest of the catalog of now into the plan file. A failure is shown with the plan's other ones. */
function SignOff({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const [busy, setBusy] = useState(false);
  const sign = async (): Promise<void> => {
    setBusy(true);
    await editor.accept();
    setBusy(false);
  };
  return (
    <Button variant="text" className="push" sx={{ height: 24 }} disabled={busy} onClick={() => void sign()}>
      {words.signOff}
    </Button>
  );
}
