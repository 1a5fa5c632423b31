import Button from '@mui/material/Button';
import { useEffect, useState, type ReactNode } from 'react';
import { errorOnScreen } from '../text/error-on-screen.ts';
import { text } from '../text/text.ts';
import { BadIcon, CopyIcon, RefreshIcon } from './icons.tsx';
import { copyText } from './copy-text.ts';

/** Nothing is here yet, and what to do next. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="state-panel">
      <span className="strong">{title}</span>
      <span className="second">{children}</span>
    </div>
  );
}

const SHOW_AFTER_MS = 150;

/** Something is being read. Shown after a moment only, so that what is quick does not flicker. */
export function LoadingState({ what }: { readonly what: string }): ReactNode {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="state-panel" role="status">
      {shown ? <span className="second">{what}</span> : null}
    </div>
  );
}

/** What went wrong, what to do, its code, and a way to hand it on. It stays until it no longer holds. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }): ReactNode {
  const wire = errorOnScreen(error);
  const whole = `${wire.code}: ${wire.message}${wire.remedy === undefined ? '' : `\n→ ${wire.remedy}`}`;
  return (
    <div className="state-panel" role="alert">
      <span className="status tone-bad strong">
        <BadIcon size={14} />
        {wire.message}
      </span>
      {wire.remedy === undefined ? null : <span>{wire.remedy}</span>}
      <span className="row">
        <span className="data faint">{wire.code}</span>
        <Button variant="text" onClick={() => copyText(whole)} sx={{ height: 24 }}>
          <CopyIcon size={14} />
          {text.everywhere.copy}
        </Button>
        {onRetry === undefined ? null : (
          <Button variant="outlined" onClick={onRetry} sx={{ height: 24 }}>
            <RefreshIcon size={14} />
            {text.everywhere.tryAgain}
          </Button>
        )}
      </span>
    </div>
  );
}
