import type { ReactNode } from 'react';
import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import { Status, Tick } from '../../../components/marks.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { CatalogPart } from './catalog-part.tsx';
import { FindingLine } from './finding-line.tsx';
import { acceptFindings, findingKey, type ReviewAnswers } from './review-store.ts';
import { blockingErrors } from './waiting-for.ts';

const words = text.planReview.findings;

/** More of them are accepted at once or in the plan: nobody reads thousands one by one. */
const SHOWN = 200;
/** From here on one tick may stand for all warnings. */
const MANY = 8;

interface PanelProps {
  readonly editor: PlanEditorState;
  readonly state: ReviewState;
  readonly answers: ReviewAnswers;
}

/** Errors, which block; the catalog; warnings, each accepted on its own; notes. */
export function FindingsPanel({ editor, state, answers }: PanelProps): ReactNode {
  const errors = blockingErrors(state).filter(({ code }) => code !== 'PLAN/STALE');
  const warnings = state.findings.filter(({ severity }) => severity === 'warning');
  const notes = state.findings.filter(({ severity }) => severity === 'note');
  const isDrifted = state.catalog.state === 'drifted';
  const shown = [...errors, ...warnings, ...notes].slice(0, SHOWN);
  const more = errors.length + warnings.length + notes.length - shown.length;
  const hasNothing = shown.length === 0 && !state.needs.acceptCatalog && !isDrifted;
  return (
    <>
      <SectionHead
        title={words.title}
        actions={<Counts errors={blockingErrors(state).length} warnings={warnings.length} />}
      />
      {/* It scrolls, so it can be reached by keyboard. */}
      <div className="scroll grow" tabIndex={0} role="region" aria-label={words.title}>
        <CatalogPart editor={editor} state={state} answers={answers} />
        {warnings.length > MANY ? <AcceptAll path={editor.path} warnings={warnings} answers={answers} /> : null}
        <ul>
          {shown.map((finding) => (
            <FindingLine
              key={`${findingKey(finding)} ${finding.line ?? 0} ${finding.column ?? 0}`}
              finding={finding}
              editor={editor}
              isAccepted={answers.accepted.has(findingKey(finding))}
            />
          ))}
        </ul>
        {more > 0 ? <p className="review-more faint">{words.more(more)}</p> : null}
        {hasNothing ? <p className="review-more second">{words.none}</p> : null}
      </div>
    </>
  );
}

function Counts({ errors, warnings }: { readonly errors: number; readonly warnings: number }): ReactNode {
  return (
    <>
      {errors === 0 ? (
        <span className="second">{words.errors(0)}</span>
      ) : (
        <Status tone="bad">{words.errors(errors)}</Status>
      )}
      {warnings === 0 ? (
        <span className="second">{words.warnings(0)}</span>
      ) : (
        <Status tone="warn">{words.warnings(warnings)}</Status>
      )}
    </>
  );
}

function AcceptAll({
  path,
  warnings,
  answers,
}: {
  readonly path: string;
  readonly warnings: ReviewState['findings'];
  readonly answers: ReviewAnswers;
}): ReactNode {
  const count = warnings.filter((finding) => answers.accepted.has(findingKey(finding))).length;
  const value = count === warnings.length ? true : count === 0 ? false : 'some';
  return (
    <div className="note">
      <label className="row grow">
        <Tick
          value={value}
          label={words.acceptAll(warnings.length)}
          onChange={(on) => acceptFindings(path, warnings, on)}
        />
        <span>{words.acceptAll(warnings.length)}</span>
      </label>
    </div>
  );
}
