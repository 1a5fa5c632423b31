import { useState, type ReactNode } from 'react';
import type { EntryDetail } from '../../../src-shared/contract/evidence.ts';
import { text } from '../../text/text.ts';
import { BadIcon, CheckIcon } from '../icons.tsx';
import { shownSteps, type ShownStep } from './shown-steps.ts';

const words = text.evidence.proof;

/** The way from the line's hash to the signed root; each step opens to its whole hashes. */
export function ProofSteps({ detail }: { readonly detail: EntryDetail }): ReactNode {
  const steps = shownSteps(detail);
  return (
    <div className="part" style={{ borderBottom: 0 }}>
      <div className="part-head">
        <h3>{words.title}</h3>
        <span className="push faint figures">{words.steps(steps.length)}</span>
      </div>
      <ol>
        {steps.map((step, at) => (
          <Step key={step.title} step={step} place={at + 1} />
        ))}
      </ol>
    </div>
  );
}

function Step({ step, place }: { readonly step: ShownStep; readonly place: number }): ReactNode {
  const [open, setOpen] = useState(false);
  const { title, hash, parts, bad } = step;
  return (
    <li className="proof-step">
      <button type="button" aria-expanded={open} title={words.open} onClick={() => setOpen(!open)}>
        <span className="faint figures">{place}</span>
        <span className="ellipsis figures">{title}</span>
        <span className="data second">{hash === '' ? '' : `${hash.slice(0, 4)}…${hash.slice(-4)}`}</span>
        <span style={{ justifySelf: 'end' }}>
          {bad ? <BadIcon size={14} className="tone-bad" /> : <CheckIcon size={14} className="tone-ok" />}
        </span>
      </button>
      {open ? (
        <dl>
          {parts.map(([label, whole]) => (
            <div key={label}>
              <dt className="faint">{label}</dt>
              <dd className="data">{whole}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  );
}
