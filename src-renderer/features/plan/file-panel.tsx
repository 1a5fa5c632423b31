import IconButton from '@mui/material/IconButton';
import { useMemo, type ReactNode } from 'react';
import type { PlanState } from '../../../src-shared/contract/plans.ts';
import { copyText } from '../../components/copy-text.ts';
import { CopyIcon } from '../../components/icons.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { text } from '../../text/text.ts';
import { seenText } from '../../text/seen-text.ts';

/** The plan file as it stands, following every change. Lines with findings are marked. */
export function FilePanel({ file }: { readonly file: PlanState }): ReactNode {
  const lines = useMemo(() => file.text.replace(/\n$/, '').split(/\r?\n/), [file.text]);
  const found = new Map(file.findings.map((finding) => [finding.line ?? 0, finding]));
  return (
    <aside className="plan-file" aria-label={text.plan.file.label}>
      <SectionHead
        title={file.path.split(/[/\\]/).at(-1)}
        actions={
          <IconButton
            aria-label={text.everywhere.copy}
            title={text.everywhere.copy}
            onClick={() => copyText(file.text)}
          >
            <CopyIcon size={14} />
          </IconButton>
        }
      />
      {/* Read by keyboard too, since it scrolls. */}
      <pre className="code grow" tabIndex={0}>
        {lines.map((line, index) => {
          const finding = found.get(index + 1);
          return (
            <span
              key={index}
              className={finding === undefined ? 'code-line' : 'code-line marked'}
              title={finding === undefined ? undefined : seenText(finding.message)}
            >
              <i aria-hidden>{index + 1}</i>
              {seenText(line)}
              {'\n'}
            </span>
          );
        })}
      </pre>
    </aside>
  );
}
