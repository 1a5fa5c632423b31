import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import type { RunLoad } from '../../../src-shared/contract/run-load.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { WarnIcon } from '../../components/icons.tsx';
import { isAllWritten } from '../../components/run-moving.ts';
import { seenText } from '../../text/seen-text.ts';
import { text } from '../../text/text.ts';
import { nowWords, soFarWords, unaskedWords } from './load-words.ts';

const words = text.runs.load;

/** How the sessions of a run do on their server: quiet, until somebody there keeps the run from going on. */
export function LoadLine({ run }: { readonly run: RunDetail }): ReactNode {
  const { load, paused, tableList } = run;
  const isReading = paused === null && !isAllWritten(tableList);
  const blocked = isReading ? (load?.blocked ?? null) : null;
  return (
    <div className={blocked === null ? 'load-line' : 'load-line warn'} role="group" aria-label={words.title}>
      <span className="label" aria-hidden>
        {words.title}
      </span>
      {blocked === null ? <Quiet load={load} isReading={isReading} /> : <BlockedBy blocked={blocked} />}
    </div>
  );
}

function Quiet({ load, isReading }: { readonly load: RunLoad | null; readonly isReading: boolean }): ReactNode {
  if (load === null) return <span className="faint">{isReading ? words.first : words.none}</span>;
  const now = isReading ? nowWords(load.sessions) : null;
  const unasked = unaskedWords(load.soFar);
  return (
    <>
      <span className="figures no-wrap">{[...(now === null ? [] : [now]), ...soFarWords(load.soFar)].join(' · ')}</span>
      {unasked === null ? null : (
        <span className="faint ellipsis" title={unasked}>
          {words.unasked(unasked)}
        </span>
      )}
    </>
  );
}

function BlockedBy({ blocked: { by, forMs } }: { readonly blocked: NonNullable<RunLoad['blocked']> }): ReactNode {
  return (
    <>
      <WarnIcon size={14} className="tone-warn" />
      <span className="grow" role="status">
        <span className="strong">{words.blocked(by.map(seenText))}</span> {words.blockedRemedy}
      </span>
      <span className="figures no-wrap">{formatDuration(forMs)}</span>
    </>
  );
}
