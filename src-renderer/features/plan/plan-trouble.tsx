import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import { errorOnScreen } from '../../text/error-on-screen.ts';
import { BadIcon, CloseIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';

/** A change that could not be saved: fact, remedy and code, until it is put away or the next change goes well. */
export function PlanTrouble({
  error,
  onDismiss,
}: {
  readonly error: unknown;
  readonly onDismiss: () => void;
}): ReactNode {
  const { code, message, remedy } = errorOnScreen(error);
  return (
    <div className="note bad" role="alert">
      <BadIcon size={14} className="tone-bad" />
      <span className="grow">
        <span className="medium">{message}</span> {remedy} <span className="data faint">{code}</span>
      </span>
      <IconButton aria-label={text.everywhere.dismiss} onClick={onDismiss}>
        <CloseIcon size={14} />
      </IconButton>
    </div>
  );
}
