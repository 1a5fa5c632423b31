import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import type { ReactNode } from 'react';
import { formatCount } from '../../../../src-shared/util/format-number.ts';
import { copyText } from '../../../components/copy-text.ts';
import { CopyIcon } from '../../../components/icons.tsx';
import { ValueCell } from '../../../components/value-cell.tsx';
import { text } from '../../../text/text.ts';

export interface ShownValue {
  readonly name: string;
  readonly value: string | null;
}

/** One value, whole. */
export function ValueDialog({
  shown: { name, value },
  onClose,
}: {
  readonly shown: ShownValue;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Dialog open onClose={onClose} maxWidth="md" slotProps={{ paper: { 'aria-label': name } }}>
      <div className="section-head">
        <h2 className="ellipsis">{name}</h2>
        <span className="faint figures">
          {value === null ? '' : text.plan.rows.characters(formatCount(Array.from(value).length))}
        </span>
      </div>
      {/* It scrolls, so it is reached by keyboard. */}
      <div className="value-whole" tabIndex={0}>
        <ValueCell value={value} />
      </div>
      <div className="row dialog-actions value-actions">
        {value === null ? null : (
          <Button variant="text" onClick={() => copyText(value)}>
            <CopyIcon size={14} />
            {text.everywhere.copy}
          </Button>
        )}
        <Button variant="outlined" onClick={onClose} autoFocus>
          {text.everywhere.close}
        </Button>
      </div>
    </Dialog>
  );
}
