import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { AuditOpened } from '../../../src-shared/contract/evidence.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { copyText } from '../../components/copy-text.ts';
import { reportOf } from '../../components/evidence/broken-words.ts';
import { VerdictBanner } from '../../components/evidence/verdict-banner.tsx';
import { CopyIcon, RefreshIcon } from '../../components/icons.tsx';
import { useForget } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';

const words = text.audit;

/** The verdict on what was opened, and what it means. */
export function AuditBanner({ opened }: { readonly opened: AuditOpened }): ReactNode {
  const forget = useForget();
  const { result, path, entries, checkedAt, tookMs } = opened;
  const checked = text.evidence.checkedAt(formatMoment(checkedAt), formatDuration(tookMs));
  const counted = entries === null ? words.kinds.package : text.evidence.entries(formatCount(entries), entries === 1);
  return (
    <VerdictBanner
      result={result}
      aside={`${counted}, ${checked}`}
      actions={
        <>
          <Button variant="outlined" onClick={() => copyText(reportOf(path, result))}>
            <CopyIcon size={14} />
            {text.evidence.copyReport}
          </Button>
          <Button variant="outlined" onClick={() => void forget(['audit'])}>
            <RefreshIcon size={14} />
            {words.again}
          </Button>
        </>
      }
    >
      {meaningOf(opened)}
    </VerdictBanner>
  );
}

function meaningOf({ result }: AuditOpened): string {
  if (result.verdict === 'VERIFIED') return words.alone.VERIFIED;
  const unpinned = result.findings.some(({ code }) => code === 'SIGNER_UNPINNED');
  return unpinned ? words.alone.unpinned : words.alone.unanchored;
}
