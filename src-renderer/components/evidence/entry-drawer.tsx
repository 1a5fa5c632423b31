import IconButton from '@mui/material/IconButton';
import { useState, type ReactNode } from 'react';
import type { EntryDetail } from '../../../src-shared/contract/evidence.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';
import { copyText } from '../copy-text.ts';
import { BadIcon, CopyIcon, DownIcon, RightIcon } from '../icons.tsx';
import { Status, type Tone } from '../marks.tsx';
import { ValueCell } from '../value-cell.tsx';
import { ProofSteps } from './proof-steps.tsx';
import { readableEntry, type EntryFact } from './readable-entry.ts';
import './evidence.css';

const words = text.evidence.entry;

const OUTCOME_TONE = {
  done: 'ok',
  incomplete: 'warn',
  unknown: 'warn',
  failed: 'bad',
  denied: 'bad',
  cancelled: 'warn',
} as const;

/** Everything of one entry: what it says, its exact line, its hash, its proof. Nothing here can change it. */
export function EntryDetailParts({
  detail,
  stale = false,
}: {
  readonly detail: EntryDetail;
  /** Another one is on its way. */
  readonly stale?: boolean;
}): ReactNode {
  const readable = readableEntry(detail.entry);
  return (
    <div
      className="scroll grow"
      style={stale ? { opacity: 0.6 } : undefined}
      aria-busy={stale}
      tabIndex={0}
      role="region"
      aria-label={words.title(formatCount(detail.seq))}
    >
      {detail.proof.holds ? null : (
        <div className="note bad tone-bad">
          <BadIcon size={14} />
          {words.notProven}
        </div>
      )}
      <div className="part">
        {detail.entry === null ? <p className="tone-bad">{words.nothingReadable}</p> : null}
        <dl className="facts">
          <Head detail={detail} />
          {readable.facts.map((fact) => (
            <Fact key={fact.label} fact={fact} />
          ))}
        </dl>
      </div>
      {readable.more.length === 0 ? null : <More more={readable.more} />}
      <ExactLine detail={detail} />
      <ProofSteps detail={detail} />
    </div>
  );
}

function Head({ detail: { time, type, outcome, flaw } }: { readonly detail: EntryDetail }): ReactNode {
  const tone: Tone | undefined = outcome === null ? undefined : OUTCOME_TONE[outcome];
  return (
    <>
      {flaw === null ? null : (
        <>
          <dt>{words.flaw}</dt>
          <dd className="tone-bad">{flaw}</dd>
        </>
      )}
      <dt>{words.what}</dt>
      <dd>{type}</dd>
      {outcome === null || tone === undefined ? null : (
        <>
          <dt>{words.outcome}</dt>
          <dd>
            <Status tone={tone}>{text.evidence.outcome[outcome]}</Status>
          </dd>
        </>
      )}
      <dt>{words.time}</dt>
      <dd className="data" style={{ lineHeight: '20px' }}>
        {time.replace('T', ' ').replace(/Z$/, ` ${words.utc}`)}
      </dd>
    </>
  );
}

function Fact({ fact: { label, value, aside, masked } }: { readonly fact: EntryFact }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd className="figures">
        {masked === true ? <Status tone="mask">{value}</Status> : value === '' ? null : <bdi>{value}</bdi>}{' '}
        {aside === undefined ? null : <bdi className="faint">{aside}</bdi>}
      </dd>
    </>
  );
}

function More({ more }: { readonly more: readonly (readonly [string, string])[] }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <div className="part">
      <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <DownIcon size={14} /> : <RightIcon size={14} />}
        {words.more}
      </button>
      {open ? (
        <dl className="all-values">
          {more.map(([path, value]) => (
            <div key={path}>
              <dt className="data">{path}</dt>
              <dd>
                <ValueCell value={value} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

function ExactLine({ detail }: { readonly detail: EntryDetail }): ReactNode {
  const { line, bytes, leafHash, namedByNext, seq } = detail;
  return (
    <div className="part">
      <div className="part-head">
        <h3>{words.line}</h3>
        <span className="faint figures">{words.bytes(formatCount(bytes))}</span>
        <span className="push">
          <CopyButton label={words.copyLine} value={line} />
        </span>
      </div>
      <pre className="exact-line" tabIndex={0} aria-label={words.line}>
        <ValueCell value={line} />
      </pre>
      <HashRow label={words.leaf} hash={leafHash} bad={namedByNext !== null && namedByNext !== leafHash} />
      {namedByNext === null ? null : (
        <HashRow label={words.named(formatCount(seq + 1))} hash={namedByNext} bad={false} />
      )}
    </div>
  );
}

function HashRow({
  label,
  hash,
  bad,
}: {
  readonly label: string;
  readonly hash: string;
  readonly bad: boolean;
}): ReactNode {
  return (
    <div className="hash-row">
      <span className="faint no-wrap">{label}</span>
      <span className={bad ? 'data ellipsis tone-bad' : 'data ellipsis'} title={hash}>
        {`${hash.slice(0, 12)}…${hash.slice(-12)}`}
      </span>
      <span className="push">
        <CopyButton label={words.copyHash} value={hash} />
      </span>
    </div>
  );
}

function CopyButton({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <IconButton aria-label={label} title={label} onClick={() => copyText(value)}>
      <CopyIcon size={14} />
    </IconButton>
  );
}
