import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import type { LedgerStatus } from '../../../src-shared/contract/evidence.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { copyText } from '../../components/copy-text.ts';
import { reportOf } from '../../components/evidence/broken-words.ts';
import { VerdictBanner } from '../../components/evidence/verdict-banner.tsx';
import { CopyIcon, RefreshIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import { anchorWords } from './anchor-words.ts';

/** How the ledger of this home stands. A broken one cannot be put away, and nothing here would mend it. */
export function LedgerBanner({
  status,
  onVerify,
}: {
  readonly status: LedgerStatus;
  readonly onVerify: () => Promise<void>;
}): ReactNode {
  const { result, size, checkedAt, tookMs, folder, origin } = status;
  if (result === null) return null;
  const counted = text.evidence.entries(formatCount(size), size === 1);
  const aside = `${counted}, ${text.evidence.checkedAt(formatMoment(checkedAt), formatDuration(tookMs))}`;
  return (
    <VerdictBanner
      result={result}
      aside={aside}
      actions={
        <>
          {result.verdict === 'BROKEN' ? (
            <Button variant="outlined" onClick={() => copyText(reportOf(folder ?? origin ?? '', result))}>
              <CopyIcon size={14} />
              {text.evidence.copyReport}
            </Button>
          ) : null}
          <VerifyButton onVerify={onVerify} />
        </>
      }
    >
      {anchorWords(status)}
    </VerdictBanner>
  );
}

function VerifyButton({ onVerify }: { readonly onVerify: () => Promise<void> }): ReactNode {
  const [busy, setBusy] = useState(false);
  const verify = async (): Promise<void> => {
    setBusy(true);
    await onVerify();
    setBusy(false);
  };
  return (
    <Button variant="outlined" disabled={busy} onClick={() => void verify()}>
      <RefreshIcon size={14} />
      {text.ledger.verify}
    </Button>
  );
}
