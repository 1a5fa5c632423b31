import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { copyText } from '../../components/copy-text.ts';
import { CopyIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import { ConsentLine } from './consent-line.tsx';

const COMMANDS = 'sha256sum -c SHA256SUMS\nwaybill verify .';

/** How a receiver checks the package, and what a person accepted at the start. */
export function CheckPanel({ run: { package: folder, vkey, warnings } }: { readonly run: RunDetail }): ReactNode {
  return (
    <div className="column">
      <div className="section-head">
        <h2 className="ellipsis">{folder === null ? text.runs.accepted : text.runs.check}</h2>
      </div>
      <div className="scroll check-panel" tabIndex={0} role="region" aria-label={text.runs.check}>
        {folder === null ? null : (
          <>
            <span className="second">{text.runs.checkIntro}</span>
            <CopyBox label={text.runs.copyCommands} content={COMMANDS} />
          </>
        )}
        {folder === null || vkey === null ? null : (
          <>
            <span className="second">{text.runs.checkKey}</span>
            <CopyBox label={text.runs.copyKey} content={vkey} />
          </>
        )}
        {warnings.length === 0 || folder === null ? null : <span className="medium">{text.runs.accepted}</span>}
        {warnings.length === 0 && folder === null ? <span className="second">{text.runs.nothingAccepted}</span> : null}
        {warnings.map((warning) => (
          <ConsentLine key={warning} consent={warning} />
        ))}
      </div>
    </div>
  );
}

function CopyBox({ label, content }: { readonly label: string; readonly content: string }): ReactNode {
  return (
    <div className="code-box with-copy">
      <pre className="code grow" tabIndex={0} aria-label={label}>
        {content}
      </pre>
      <IconButton aria-label={label} onClick={() => copyText(content)}>
        <CopyIcon size={14} />
      </IconButton>
    </div>
  );
}
