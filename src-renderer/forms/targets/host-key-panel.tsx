import { useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import type { AppError } from '../../../src-shared/errors/app-error.ts';
import { KeyIcon } from '../../components/icons.tsx';
import { Tick } from '../../components/marks.tsx';
import { text } from '../../text/text.ts';
import { hostKeyPlace } from './host-key-place.ts';
import './target-dialog.css';

/** The fingerprint of a server that is not known yet: a person compares it, then it is pinned. */
export function HostKeyPanel({
  error,
  busy,
  onAccept,
  accept = text.targets.hostKey.accept,
}: {
  readonly error: AppError;
  readonly busy: boolean;
  readonly onAccept: (hostKey: string) => void;
  /** What the button says. */
  readonly accept?: string;
}): ReactNode {
  const [isSame, setIsSame] = useState(false);
  const { hostKey, keyType } = error.context;
  const words = text.targets.hostKey;
  return (
    <div className="host-key" role="alert">
      <span className="row strong">
        <KeyIcon size={16} />
        {words.title}
      </span>
      <span>{words.what(hostKeyPlace(error))}</span>
      <dl className="facts">
        <dt>{words.fingerprint}</dt>
        <dd className="data strong">{String(hostKey ?? '')}</dd>
        <dt>{words.type}</dt>
        <dd className="data">{String(keyType ?? '')}</dd>
      </dl>
      <span className="second">{words.compare}</span>
      <label className="row">
        <Tick value={isSame} label={words.same} onChange={setIsSame} />
        {words.same}
      </label>
      <Button variant="contained" disabled={!isSame || busy} onClick={() => onAccept(String(hostKey ?? ''))}>
        {accept}
      </Button>
    </div>
  );
}
