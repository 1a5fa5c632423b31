import type { ReactNode } from 'react';
import type { AppError } from '../../../src-shared/errors/app-error.ts';
import { BadIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import { hostKeyPlace } from './host-key-place.ts';
import './target-dialog.css';

/** A full stop: the server is not the one that was pinned. There is no button that goes on. */
export function HostKeyChanged({
  error,
  remake = text.targets.hostKey.remake,
}: {
  readonly error: AppError;
  /** The only way on, where the key was changed on purpose. */
  readonly remake?: string;
}): ReactNode {
  const { hostKey, expected, knownHosts, revoked } = error.context;
  const words = text.targets.hostKey;
  const file = typeof knownHosts === 'string' ? knownHosts : null;
  return (
    <div className="host-key bad" role="alert">
      <span className="status tone-bad strong">
        <BadIcon size={16} />
        {revoked === true ? words.revoked : file === null ? words.changed : words.changedFile}
      </span>
      <dl className="facts">
        <dt>{words.server}</dt>
        <dd>{hostKeyPlace(error)}</dd>
        <dt>{file === null ? words.pinned : words.inFile}</dt>
        <dd className="data">{String(expected ?? '')}</dd>
        <dt>{words.shown}</dt>
        <dd className="data tone-bad">{String(hostKey ?? '')}</dd>
      </dl>
      <span>{words.changedWhat(file === null || revoked === true ? remake : words.replaceIn(file))}</span>
      <span className="data faint">{error.code}</span>
    </div>
  );
}
