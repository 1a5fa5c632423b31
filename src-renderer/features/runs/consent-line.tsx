import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import { copyText } from '../../components/copy-text.ts';
import { CopyIcon, WarnIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';

const HASH = /sha256:[0-9a-f]{64}/;

/** What a person accepted. Of a hash in it only the ends stand there, which are what people compare; it is copied whole. */
export function ConsentLine({ consent }: { readonly consent: string }): ReactNode {
  const hash = HASH.exec(consent)?.[0];
  return (
    <span className="row" style={{ alignItems: 'flex-start' }}>
      <WarnIcon size={14} className="consent-mark tone-warn" />
      <span className="second grow" style={{ overflowWrap: 'anywhere' }}>
        {hash === undefined ? consent : <WithHash consent={consent} hash={hash} />}
      </span>
      {hash === undefined ? null : (
        <IconButton aria-label={text.runs.copyHash} title={text.runs.copyHash} onClick={() => copyText(hash)}>
          <CopyIcon size={14} />
        </IconButton>
      )}
    </span>
  );
}

function WithHash({ consent, hash }: { readonly consent: string; readonly hash: string }): ReactNode {
  const at = consent.indexOf(hash);
  return (
    <>
      {consent.slice(0, at)}
      <span className="data" title={hash}>{`${hash.slice(0, 15)}…${hash.slice(-8)}`}</span>
      {consent.slice(at + hash.length)}
    </>
  );
}
