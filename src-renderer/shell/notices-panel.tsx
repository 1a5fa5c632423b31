import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import { copyText } from '../components/copy-text.ts';
import { CloseIcon, CopyIcon } from '../components/icons.tsx';
import { useNotices } from '../state/notices.ts';
import { text } from '../text/text.ts';
import { remedyOnScreen } from '../text/error-on-screen.ts';

/** Errors that belong to no screen. Each stays until it is put away. */
export function NoticesPanel(): ReactNode {
  const { notices, dismiss } = useNotices();
  const shown = notices.map(({ id, error }) => ({
    id,
    error: { ...error, remedy: remedyOnScreen(error.code, error.remedy) },
  }));
  return (
    <div className="notices" role="region" aria-live="assertive" aria-label={text.shell.noticesLabel}>
      {shown.map(({ id, error }) => (
        <div key={id} className="notice">
          <div className="row" style={{ alignItems: 'flex-start' }}>
            <span className="grow strong">{error.message}</span>
            <IconButton
              aria-label={text.everywhere.copy}
              onClick={() => copyText(`${error.code}: ${error.message}\n→ ${error.remedy ?? ''}`)}
            >
              <CopyIcon size={14} />
            </IconButton>
            <IconButton aria-label={text.everywhere.dismiss} onClick={() => dismiss(id)}>
              <CloseIcon size={14} />
            </IconButton>
          </div>
          {error.remedy === undefined ? null : <div>{error.remedy}</div>}
          <span className="data faint">{error.code}</span>
        </div>
      ))}
    </div>
  );
}
