import { useEffect, useId, type ReactNode } from 'react';
import type { AuditedTable } from '../../../src-shared/contract/evidence.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { MaskPill, Status } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { moveOf } from '../../components/evidence/move-in-list.ts';
import { useFixedRows } from '../../components/use-fixed-rows.ts';
import { text } from '../../text/text.ts';
import './audit.css';

const words = text.audit.table;
const ROW_HEIGHT = 26;
const PAGE = 10;

/** The tables of a package as a list that is moved in by keys; thousands of them are drawn as ten are. */
export function TableLines({
  tables,
  at,
  onChoose,
}: {
  readonly tables: readonly AuditedTable[];
  readonly at: number;
  readonly onChoose: (at: number) => void;
}): ReactNode {
  const id = useId();
  const { box, lines: rows, show } = useFixedRows({ count: tables.length, rowHeight: ROW_HEIGHT, overscan: 8 });
  useEffect(() => show(at), [show, at]);
  return (
    <div
      className="column table-lines"
      role="grid"
      aria-label={text.audit.tables}
      aria-rowcount={tables.length + 1}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      onKeyDown={(event) => {
        const to = moveOf(event.key, { from: at, page: PAGE, last: tables.length - 1 });
        if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onChoose(Math.max(0, Math.min(tables.length - 1, to)));
      }}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="entry-head table-line">
          {[words.name, words.rows, words.bytes, words.masks, words.files, words.verdict].map((title) => (
            <div key={title} role="columnheader">
              {title}
            </div>
          ))}
        </div>
      </div>
      <div ref={box} className="scroll grow" role="rowgroup">
        <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => (
            <Line
              key={index}
              id={`${id}-${index}`}
              place={index + 2}
              table={tables[index]}
              top={start}
              selected={index === at}
              onShow={() => onChoose(index)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Line({
  id,
  place,
  table,
  top,
  selected,
  onShow,
}: {
  readonly id: string;
  readonly place: number;
  readonly table: AuditedTable | undefined;
  readonly top: number;
  readonly selected: boolean;
  readonly onShow: () => void;
}): ReactNode {
  if (table === undefined) return null;
  const { name, rows, bytes, masks, files, verdict } = table;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={place}
      aria-selected={selected}
      className="entry-row table-line"
      style={{ transform: `translateY(${top}px)` }}
      onClick={onShow}
    >
      <div role="gridcell" className="medium">
        <MiddleEllipsis text={name} />
      </div>
      <div role="gridcell" className="figures">
        {rows === null ? text.everywhere.unknown : formatCount(rows)}
      </div>
      <div role="gridcell" className="figures second">
        {bytes === null ? text.everywhere.unknown : formatBytes(bytes)}
      </div>
      <div role="gridcell">{masks.length === 0 ? null : <MaskPill>{formatCount(masks.length)}</MaskPill>}</div>
      <div role="gridcell" className="figures second">
        {formatCount(files.length)}
      </div>
      <div role="gridcell">
        <Verdict verdict={verdict} />
      </div>
    </div>
  );
}

function Verdict({ verdict }: { readonly verdict: string | null }): ReactNode {
  if (verdict === 'complete') return <Status tone="ok">{words.verdicts.complete}</Status>;
  if (verdict === 'incomplete') return <Status tone="bad">{words.verdicts.incomplete}</Status>;
  if (verdict === 'unproven') return <Status tone="warn">{words.verdicts.unproven}</Status>;
  return <span className="faint">{verdict ?? text.everywhere.unknown}</span>;
}
