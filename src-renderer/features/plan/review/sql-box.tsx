import IconButton from '@mui/material/IconButton';
import { useMemo, type ReactNode } from 'react';
import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import { copyText } from '../../../components/copy-text.ts';
import { CopyIcon } from '../../../components/icons.tsx';
import { text } from '../../../text/text.ts';
import { statementText } from './review-facts.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.planReview.read;

/** More are copied, and not drawn: a plan may have ten thousand. */
const SHOWN = 50;

/** The statements as the server will get them. */
export function SqlBox({ tables }: { readonly tables: ReviewState['tables'] }): ReactNode {
  const shown = useMemo(() => tables.slice(0, SHOWN).map(statementText).map(seenText).join('\n\n'), [tables]);
  const more = tables.length - SHOWN;
  return (
    <div className="code-box review-sql">
      {/* It scrolls, so it can be reached by keyboard. */}
      <pre className="code" tabIndex={0} role="region" aria-label={words.sql}>
        {shown}
        {more > 0 ? <span className="faint">{`\n\n${words.more(more)}`}</span> : null}
      </pre>
      <IconButton
        aria-label={words.copy}
        title={words.copy}
        onClick={() => copyText(tables.map(statementText).join('\n\n'))}
      >
        <CopyIcon size={14} />
      </IconButton>
    </div>
  );
}
