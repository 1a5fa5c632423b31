import type { ReactNode } from 'react';
import type { AuditedTable } from '../../../src-shared/contract/evidence.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { MaskPill } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { text } from '../../text/text.ts';

const words = text.audit.table;

/** The masks and files of one table. */
export function TableFacts({ table }: { readonly table: AuditedTable }): ReactNode {
  const { name, masks, files, why } = table;
  return (
    <div className="column" style={{ flex: '1 1 0', borderTop: '1px solid var(--line-strong)' }}>
      <SectionHead title={<MiddleEllipsis text={name} />}>
        {why === null ? null : <span className="tone-warn ellipsis">{why}</span>}
      </SectionHead>
      <div
        className="scroll grow row"
        style={{ alignItems: 'flex-start', gap: 0 }}
        tabIndex={0}
        role="region"
        aria-label={name}
      >
        <div className="grow" style={{ padding: '8px 12px' }}>
          <div className="label">{words.masksOf}</div>
          {masks.length === 0 ? <span className="second">{words.noMasks}</span> : null}
          <ul>
            {masks.map(({ column, mask, class: kind }, index) => (
              <li key={index} className="row" style={{ height: 26 }}>
                <span style={{ flex: '0 1 200px', minWidth: 0 }}>
                  <MiddleEllipsis text={column} />
                </span>
                <MaskPill>{mask}</MaskPill>
                <span className="faint ellipsis">{kind}</span>
              </li>
            ))}
          </ul>
        </div>
        <div className="grow" style={{ padding: '8px 12px' }}>
          <div className="label figures">{`${words.filesOf} ${formatCount(files.length)}`}</div>
          <ul>
            {files.map((path, index) => (
              <li key={index} className="data" style={{ height: 26, lineHeight: '26px' }}>
                <MiddleEllipsis text={path} />
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
