import type { ReactNode } from 'react';
import type { FormatLimitFacts } from '../../../../src-shared/contract/plans.ts';
import { BadIcon, InfoIcon, WarnIcon } from '../../../components/icons.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.planFormat;

const MARKS = {
  changes: <WarnIcon size={14} className="tone-warn" />,
  refuses: <BadIcon size={14} className="tone-bad" />,
  reader: <InfoIcon size={14} className="faint" />,
} as const satisfies Record<FormatLimitFacts['kind'], ReactNode>;

/** What files of the format do not carry, of which columns of this plan. */
export function FormatLimits({ limits }: { readonly limits: readonly FormatLimitFacts[] }): ReactNode {
  return (
    <section className="format-limits" aria-label={words.limitsLabel}>
      <SectionHead title={words.limits} />
      {/* It scrolls, so it is reached by keyboard. */}
      <ul className="scroll grow" tabIndex={0}>
        {limits.length === 0 ? <li className="second">{words.noLimits}</li> : null}
        {limits.map(({ kind, text: sentence, columns, count }) => (
          <li key={sentence}>
            {MARKS[kind]}
            <span>
              <span className="medium">{words.limitKinds[kind]}.</span> {sentence}
              {count === null ? null : (
                <span className="data faint format-columns" title={seenText(columns.join(', '))}>
                  {words.columns(columns, count)}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
