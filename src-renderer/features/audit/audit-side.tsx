import IconButton from '@mui/material/IconButton';
import type { ReactNode } from 'react';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { VERDICT_TONE } from '../../components/evidence/verdict-banner.tsx';
import { CloseIcon, PlusIcon } from '../../components/icons.tsx';
import { Status } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useDropState } from '../../state/drop.ts';
import { tabKey, useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { closePath, nameOf, openPath, showStart, useOpened } from './opened.ts';
import { useOpenedAnswer } from './use-opened-answer.ts';
import './audit.css';

const words = text.audit;

/** The side panel of the auditor's view: what is opened, with its verdict. */
export function AuditSide(): ReactNode {
  const items = useOpened((state) => state.items);
  const { over, unknown } = useDropState();
  return (
    <>
      <div className="side-head">
        {text.shell.sections.audit}
        <span className="push">
          <IconButton
            aria-label={words.openAnother}
            title={words.openAnother}
            onClick={() => showStart(text.shell.sections.audit)}
          >
            <PlusIcon size={14} />
          </IconButton>
        </span>
      </div>
      <div className={over ? 'scroll grow drop-here' : 'scroll grow'}>
        {items.length === 0 ? (
          <EmptyState title={words.none}>{words.noneHint}</EmptyState>
        ) : (
          <ul aria-label={words.opened}>
            {items.map(({ path }) => (
              <li key={path}>
                <Item path={path} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <DropHint isUnknown={unknown} />
    </>
  );
}

/** Where the place of what is dropped is known, that it may be dropped. */
function DropHint({ isUnknown }: { readonly isUnknown: boolean }): ReactNode {
  const said = isUnknown ? words.dropNoPath : window.waybillDesktop === undefined ? null : words.drop;
  return (
    <div role="status">
      {said === null ? null : <div className={isUnknown ? 'side-foot tone-warn' : 'side-foot'}>{said}</div>}
    </div>
  );
}

function Item({ path }: { readonly path: string }): ReactNode {
  const active = useWorkbench((state) => state.active);
  const { data, error } = useOpenedAnswer(path);
  const name = nameOf(path);
  const isShown = active === tabKey({ kind: 'audit', id: path });
  return (
    <div className="with-close opened-item">
      <button type="button" className="list-item" aria-current={isShown} title={path} onClick={() => openPath(path)}>
        <span className="first medium">
          <MiddleEllipsis text={name} />
        </span>
        <span className="second-line">
          {error !== null ? (
            <Status tone="bad">{words.cannotOpen}</Status>
          ) : data === undefined ? (
            words.checking
          ) : (
            <>
              <Status tone={VERDICT_TONE[data.result.verdict]}>
                {text.evidence.shortVerdict[data.result.verdict]}
              </Status>
              <span className="push figures">
                {data.entries === null ? words.kinds[data.result.kind] : formatCount(data.entries)}
              </span>
            </>
          )}
        </span>
      </button>
      <IconButton aria-label={words.close(name)} title={words.close(name)} onClick={() => closePath(path)}>
        <CloseIcon size={12} />
      </IconButton>
    </div>
  );
}
