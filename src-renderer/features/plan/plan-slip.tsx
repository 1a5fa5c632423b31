import type { ReactNode } from 'react';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { Status } from '../../components/marks.tsx';
import { Slip, type SlipBox } from '../../components/slip.tsx';
import { MaskIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import type { PlanEditorState } from './plan-editor.ts';

/** What the plan takes, at a glance, and how well it is known. */
export function PlanSlip({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const { compiled } = editor;
  if (compiled === null) return <div className="slip" />;
  const { summary, folder, freeBytes } = compiled;
  const words = text.plan.slip;
  const boxes: SlipBox[] = [
    { label: words.tables, fact: formatCount(summary.tables), share: 0.6 },
    { label: words.rows, fact: <RowsFact editor={editor} />, share: 1.3 },
    { label: words.read, fact: <SizeFact bytes={summary.bytes} />, share: 1.2 },
    {
      label: words.masked,
      fact: (
        <>
          <MaskIcon size={14} className="tone-mask" />
          {words.of(summary.masked, summary.columns)}
        </>
      ),
      share: 1.1,
    },
    {
      label: words.suspected,
      fact:
        summary.suspectedUnmasked === 0 ? (
          words.none
        ) : (
          <Status tone="warn">{words.columns(summary.suspectedUnmasked)}</Status>
        ),
      share: 1.7,
    },
    { label: words.size, fact: <SizeFact bytes={summary.packageBytes ?? 0} />, share: 1.2 },
    {
      label: words.free(folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder),
      fact: <span title={folder}>{freeBytes === null ? text.everywhere.unknown : formatBytes(freeBytes)}</span>,
      share: 1.1,
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
  const counts = tables.map((table) => editor.exact.of(table) ?? table.rows);
  const sum = counts.reduce((total: number, rows) => total + (rows ?? 0), 0);
  const unknown = counts.filter((rows) => rows === null).length;
  const isExact = tables.length > 0 && tables.every((table) => editor.exact.of(table) !== null);
  if (unknown === tables.length) return <span className="faint">{text.everywhere.unknown}</span>;
  return (
    <>
      {isExact ? '' : '~'}
      {formatCount(sum)}
      <small title={unknown > 0 ? text.plan.slip.unknownHint(unknown) : undefined}>
        {isExact ? text.everywhere.exact : unknown > 0 ? text.plan.slip.unknown(unknown) : text.everywhere.estimate}
      </small>
    </>
  );
}
