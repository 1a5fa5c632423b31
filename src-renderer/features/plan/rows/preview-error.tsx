import type { ReactNode } from 'react';
import { toWireError } from '../../../../src-shared/errors/wire.ts';
import { BadIcon } from '../../../components/icons.tsx';

/** Why the rows below are not those of now: fact, remedy, code. */
export function PreviewError({ error }: { readonly error: unknown }): ReactNode {
  const { code, message, remedy } = toWireError(error);
  return (
    <div className="note bad" role="alert">
      <BadIcon size={14} className="tone-bad" />
      <span>
        <span className="medium">{message}</span> {remedy} <span className="data faint">{code}</span>
      </span>
    </div>
  );
}
