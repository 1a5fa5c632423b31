import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { BadIcon, OkIcon, StopIcon, WarnIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import { verdictOf } from './verdict.ts';
import { seenText } from '../../text/seen-text.ts';

const ICONS = { ok: OkIcon, warn: WarnIcon, bad: BadIcon, plain: StopIcon };
const TONES = { ok: 'tone-ok', warn: 'tone-warn', bad: 'tone-bad', plain: 'second' };

/** What a finished run leads with: its verdict, and the reason in the same breath. */
export function VerdictHead({ run }: { readonly run: RunDetail }): ReactNode {
  const { tone, word, rest, why, more } = verdictOf(run);
  const ToneIcon = ICONS[tone];
  return (
    <div className={`verdict-head run-verdict ${TONES[tone]}`}>
      <span style={{ paddingTop: 2 }}>
        <ToneIcon size={20} />
      </span>
      <div className="body grow">
        <h1>
          {word} <span>— {rest}</span>
        </h1>
        <ul className="second figures">
          {why.map((reason) => (
            <li key={`${reason.table ?? ''}${reason.text}`}>
              {reason.table === null ? null : (
                <b className="medium">
                  {seenText(reason.table)}
                  {reason.text.startsWith('(') ? ' ' : ': '}
                </b>
              )}
              {reason.text}
              {reason.remedy === null ? null : <span className="faint"> → {reason.remedy}</span>}
            </li>
          ))}
          {more === 0 ? null : <li className="faint">{text.runs.head.more(formatCount(more))}</li>}
        </ul>
      </div>
    </div>
  );
}
