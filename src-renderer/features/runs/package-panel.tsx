import IconButton from '@mui/material/IconButton';
import { useState, type ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { copyText } from '../../components/copy-text.ts';
import { CopyIcon } from '../../components/icons.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { text } from '../../text/text.ts';
import { CopyEvents, EventsList } from './events-list.tsx';
import { ReportPanel } from './report-panel.tsx';
import { ThroughputChart } from './throughput-chart.tsx';

type Shown = 'package' | 'report' | 'events' | 'throughput';

/** What a run left behind: its package, what happened, how quick it was. */
export function PackagePanel({ run }: { readonly run: RunDetail }): ReactNode {
  const [shown, setShown] = useState<Shown>(run.package === null ? 'events' : 'package');
  const items: readonly { readonly id: Shown; readonly title: string }[] = [
    { id: 'package', title: text.runs.package },
    { id: 'report', title: text.runs.report.title },
    { id: 'events', title: text.runs.events },
    { id: 'throughput', title: text.runs.throughput },
  ];
  return (
    <div className="column">
      <div className="section-head">
        <Segmented label={text.runs.leftBehind} items={items} value={shown} onChange={setShown} />
        <span className="push row">
          {shown === 'events' ? <CopyEvents events={run.events} /> : null}
          {shown === 'package' && run.package !== null ? <CopyPath path={run.package} /> : null}
        </span>
      </div>
      {shown === 'package' ? <PackageFiles run={run} /> : null}
      {shown === 'report' ? <ReportPanel run={run} /> : null}
      {shown === 'events' ? <EventsList events={run.events} /> : null}
      {shown === 'throughput' ? <ThroughputChart throughput={run.throughput} /> : null}
    </div>
  );
}

function CopyPath({ path }: { readonly path: string }): ReactNode {
  return (
    <IconButton aria-label={text.runs.copyPath} title={path} onClick={() => copyText(path)}>
      <CopyIcon size={14} />
    </IconButton>
  );
}

function PackageFiles({ run: { package: folder, packageFiles } }: { readonly run: RunDetail }): ReactNode {
  if (folder === null) return <p className="second no-match">{text.runs.noPackage}</p>;
  if (packageFiles === null) {
    return (
      <p className="no-match">
        <span className="tone-warn">{text.runs.packageGone}</span> <span className="data">{folder}</span>
      </p>
    );
  }
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={text.runs.package}>
      <table className="plain">
        <colgroup>
          <col />
          <col style={{ width: 96 }} />
          <col style={{ width: 96 }} />
        </colgroup>
        <tbody>
          {packageFiles.map(({ name, bytes, files }) => (
            <tr key={name}>
              <td className="data">{name}</td>
              <td className="right second figures">{formatBytes(bytes)}</td>
              <td className="second small">{files === null ? '' : text.runs.fileCount(formatCount(files))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
