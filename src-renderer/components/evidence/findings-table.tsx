import type { ReactNode } from 'react';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';
import { BadIcon, InfoIcon, WarnIcon } from '../icons.tsx';
import { MiddleEllipsis } from '../middle-ellipsis.tsx';
import { SectionHead } from '../section-head.tsx';
import { inReadingOrder, weightOf, type Finding } from './broken-words.ts';

const words = text.evidence;
const MARKS = {
  broken: { Icon: BadIcon, tone: 'tone-bad' },
  open: { Icon: WarnIcon, tone: 'tone-warn' },
  note: { Icon: InfoIcon, tone: 'faint' },
} as const;

/** What verification found. A row that speaks of an entry or a file shows it below. */
export function FindingsTable({
  findings,
  chosen,
  onChoose,
}: {
  readonly findings: readonly Finding[];
  readonly chosen: (finding: Finding) => boolean;
  readonly onChoose: (finding: Finding) => void;
}): ReactNode {
  if (findings.length === 0) return null;
  return (
    <>
      <SectionHead title={words.findings}>
        <span className="second figures">{formatCount(findings.length)}</span>
        <span className="faint">{words.findingsHint}</span>
      </SectionHead>
      <div className="findings">
        <table className="plain" aria-label={words.findings}>
          <colgroup>
            <col style={{ width: 212 }} />
            <col style={{ width: 92 }} />
            <col />
            <col style={{ width: '20%' }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{words.code}</th>
              <th scope="col">{words.where}</th>
              <th scope="col">{words.fact}</th>
              <th scope="col">{words.place}</th>
            </tr>
          </thead>
          <tbody>
            {inReadingOrder(findings).map((finding, at) => (
              <FindingRow key={at} finding={finding} chosen={chosen(finding)} onChoose={() => onChoose(finding)} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function FindingRow({
  finding,
  chosen,
  onChoose,
}: {
  readonly finding: Finding;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { code, message, seq, path } = finding;
  const weight = weightOf(finding);
  const { Icon, tone } = MARKS[weight];
  return (
    <tr
      aria-selected={chosen}
      tabIndex={0}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
    >
      <td>
        <span className="status" title={`${code}: ${words.weight[weight]}`}>
          <span className={tone}>
            <Icon size={14} />
          </span>
          <span className="data">{code}</span>
          <span className="visually-hidden">{words.weight[weight]}</span>
        </span>
      </td>
      <td className="medium figures">
        {seq !== undefined ? words.whereEntry(formatCount(seq)) : path === undefined ? words.whereAll : words.whereFile}
      </td>
      <td className="fact">{message}</td>
      <td className="data second">
        <MiddleEllipsis text={path ?? ''} />
      </td>
    </tr>
  );
}
