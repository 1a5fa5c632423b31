import type { ReactNode } from 'react';
import type { VerifyFacts } from '../../../src-shared/contract/parts.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';
import { BadIcon, OkIcon, WarnIcon } from '../icons.tsx';
import type { Tone } from '../marks.tsx';
import { brokenWhy, firstBadEntry } from './broken-words.ts';
import './evidence.css';

const words = text.evidence;

export const VERDICT_TONE = {
  VERIFIED: 'ok',
  'CONSISTENT, NOT ANCHORED': 'warn',
  BROKEN: 'bad',
} as const satisfies Record<VerifyFacts['verdict'], Tone>;

const ICONS = { ok: OkIcon, warn: WarnIcon, bad: BadIcon };

/** The verdict over a screen: word, reason, what follows from it. A broken one fills more room and stays. */
export function VerdictBanner({
  result,
  aside,
  children,
  actions,
}: {
  readonly result: VerifyFacts;
  /** Said after the word when it is not broken. */
  readonly aside: string;
  /** What follows from it; of a broken one the banner says that itself. */
  readonly children: ReactNode;
  readonly actions: ReactNode;
}): ReactNode {
  const tone = VERDICT_TONE[result.verdict];
  const ToneIcon = ICONS[tone];
  return (
    <div className={`banner ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <span className={`tone-${tone}`} style={tone === 'bad' ? { paddingTop: 2 } : undefined}>
        <ToneIcon size={20} />
      </span>
      <div className="grow">
        <h1 className="figures">
          <span className={tone === 'bad' ? 'tone-bad' : undefined}>{words.verdict[result.verdict]}</span>{' '}
          <small>— {tone === 'bad' ? brokenWhy(result) : aside}</small>
        </h1>
        {tone === 'bad' ? <BrokenWords result={result} /> : <p className="second">{children}</p>}
      </div>
      <span className="row">{actions}</span>
    </div>
  );
}

function BrokenWords({ result }: { readonly result: VerifyFacts }): ReactNode {
  const seq = firstBadEntry(result);
  const isPackage = result.kind === 'package';
  return (
    <>
      <p>
        {isPackage
          ? words.packageUnreliable
          : seq === null
            ? words.nothingReliable
            : words.notReliable(formatCount(seq))}
      </p>
      <p className="second">{isPackage ? words.keepIt : words.noRepair}</p>
    </>
  );
}
