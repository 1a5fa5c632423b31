import type { ReactNode } from 'react';
import { formatClock, formatMoment } from '../../../src-shared/util/format-moment.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { Counting, Status } from '../../components/marks.tsx';
import { Slip, type SlipBox } from '../../components/slip.tsx';
import { MaskIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import type { PlanEditorState } from './plan-editor.ts';
import { totalRows } from './total-rows.ts';

/** What the plan takes, at a glance, and how well it is known. */
export function PlanSlip({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const { compiled } = editor;
  if (compiled === null) return <div className="slip" />;
  const { summary, folder, freeBytes } = compiled;
  const words = text.plan.slip;
  const isPlain = (editor.plan.package?.compress ?? 'none') === 'none';
  const boxes: SlipBox[] = [
    { label: words.tables, fact: formatCount(summary.tables), share: 0.63 },
    { label: words.rows, fact: <RowsFact editor={editor} />, share: 1.5 },
    { label: words.read, fact: <SizeFact bytes={summary.bytes} />, share: 1.55 },
    {
      label: words.masked,
      fact: (
        <>
          <MaskIcon size={14} className="tone-mask" />
          {words.of(summary.masked, summary.columns)}
        </>
      ),
      share: 1.2,
    },
    {
      label: words.suspected,
      fact:
        summary.suspectedUnmasked === 0 ? (
          words.unmasked(0)
        ) : (
          <Status tone="warn">{words.unmasked(summary.suspectedUnmasked)}</Status>
        ),
      share: 1.35,
    },
    {
      label: isPlain ? words.size : words.unpackedSize,
      fact: <SizeFact bytes={summary.packageBytes ?? 0} />,
      share: 1.55,
    },
    {
      label: words.free(folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder),
      fact: <span title={folder}>{freeBytes === null ? text.everywhere.unknown : formatBytes(freeBytes)}</span>,
      share: 1,
    },
  ];
  return <Slip label={words.label} boxes={boxes} />;
}

function SizeFact({ bytes }: { readonly bytes: number }): ReactNode {
  if (bytes === 0) return <span className="faint">{text.everywhere.unknown}</span>;
  return (
    <>
      ~{formatBytes(bytes)}
      <small>{text.everywhere.estimate}</small>
    </>
  );
}

/** Exact only where every table was counted under its present filter. */
function RowsFact({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const tables = editor.compiled?.tables ?? [];
  const { rows, exactAt, unknown, isComing } = totalRows(tables, editor.exact);
  if (rows === null) return isComing ? <Counting /> : <span className="faint">{text.everywhere.unknown}</span>;
  if (exactAt !== null) {
    return (
      <>
        {formatCount(rows)}
        <small className="ellipsis" title={text.everywhere.countedAt(formatMoment(exactAt))}>
          {text.everywhere.exact} <span className="when-wide">{formatClock(exactAt)}</span>
        </small>
      </>
    );
  }
  return (
    <>
      ~{formatCount(rows)}
      <small title={unknown > 0 ? text.plan.slip.unknownHint(unknown) : undefined}>
        {isComing ? text.everywhere.counting : unknown > 0 ? text.plan.slip.unknown(unknown) : text.everywhere.estimate}
      </small>
    </>
  );
}
