import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { text } from '../text/text.ts';

/** The foot of a dialog: what is known at the left, Cancel and what the dialog does at the right. */
export function DialogFoot({
  onCancel,
  start,
  isCancelFirst = false,
  children,
}: {
  readonly onCancel: () => void;
  readonly start?: ReactNode;
  /** Enter cancels, until another button is chosen. */
  readonly isCancelFirst?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="dialog-foot">
      {start}
      <span className="push row">
        <Button variant="text" autoFocus={isCancelFirst} onClick={onCancel}>
          {text.everywhere.cancel}
        </Button>
        {children}
      </span>
    </div>
  );
}
