import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import type { CompiledColumn, TableColumns } from '../../../../src-shared/contract/plans.ts';
import { MaskIcon } from '../../../components/icons.tsx';
import { Status } from '../../../components/marks.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { useAnswer } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { entryOf, type PlanEditorState } from '../plan-editor.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.suspects;

interface Suspect {
  readonly table: TableColumns;
  readonly column: CompiledColumn;
}

/** More than this are looked at in the step for masks. */
const SHOWN = 60;
const ASKED = 600;

/** Columns that look personal and go out as they are: each is masked, or sent as it is for a reason. */
export function SuspectList({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const { data } = useAnswer(
    ['plans', 'columns', editor.path, editor.file.digest, 'telling'],
    (core, signal) => core.plans.columns({ path: editor.path, telling: true, limit: ASKED }, { signal }),
    { keepLast: true },
  );
  const [asked, setAsked] = useState<Suspect | null>(null);
  const suspects = suspectsIn(data ?? []);
  return (
    <>
      <SectionHead title={words.title} over>
        {/* That there are none is said when it is known, and not before. */}
        <span className="faint ellipsis">
          {data === undefined ? '' : suspects.length === 0 ? words.none : words.hint}
        </span>
      </SectionHead>
      {suspects.length === 0 ? null : (
        // It scrolls, so it can be reached by keyboard.
        <div className="suspects" tabIndex={0} role="region" aria-label={words.title}>
          <table className="plain">
            <colgroup>
              <col style={{ width: '26%' }} />
              <col style={{ width: 132 }} />
              <col />
              <col style={{ width: 284 }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{words.column}</th>
                <th scope="col">{words.looksLike}</th>
                <th scope="col">{words.why}</th>
                <th scope="col">
                  <span className="visually-hidden">{words.decision}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {suspects.slice(0, SHOWN).map((suspect) => (
                <SuspectRow
                  key={`${suspect.table.name} ${suspect.column.name}`}
                  suspect={suspect}
                  editor={editor}
                  onSend={() => setAsked(suspect)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked === null ? null : (
        <ReasonDialog
          column={labelOf(asked)}
          onClose={() => setAsked(null)}
          onReason={(reason) => decide(editor, asked, reason)}
        />
      )}
    </>
  );
}

/** What nobody has decided about comes first. */
const suspectsIn = (tables: readonly TableColumns[]): readonly Suspect[] =>
  tables
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ column }) => column.mask === null && column.personal !== null)
    .toSorted((a, b) => Number(a.column.remark !== null) - Number(b.column.remark !== null));

const labelOf = ({ table, column }: Suspect): string => `${table.table[1]}.${column.name}`;

function SuspectRow({
  suspect,
  editor,
  onSend,
}: {
  readonly suspect: Suspect;
  readonly editor: PlanEditorState;
  readonly onSend: () => void;
}): ReactNode {
  const { column } = suspect;
  const { personal, remark } = column;
  if (personal === null) return null;
  return (
    <tr>
      <td title={seenText(labelOf(suspect))}>
        <Status tone="warn">
          <span className="suspect-name">
            <MiddleEllipsis text={labelOf(suspect)} />
          </span>
        </Status>
      </td>
      <td className="second" title={personal.class}>
        {personal.class}
      </td>
      <td className="second" title={seenText(remark ?? personal.reason)}>
        {seenText(remark === null ? personal.reason : words.decided(remark))}
      </td>
      <td>
        <span className="suspect-actions">
          <Button variant="outlined" sx={{ height: 24 }} onClick={() => mask(editor, suspect)}>
            <MaskIcon size={14} className="tone-mask" />
            {words.mask(personal.suggestion.mask)}
          </Button>
          <Button
            variant="text"
            sx={{ height: 24 }}
            onClick={remark === null ? onSend : () => decide(editor, suspect, null)}
          >
            {remark === null ? words.sendAsIs : words.undecide}
          </Button>
        </span>
      </td>
    </tr>
  );
}

function mask(editor: PlanEditorState, { table, column }: Suspect): void {
  const found = editor.compiled?.tables.find(({ name }) => name === table.name);
  if (found === undefined || column.personal === null) return;
  const entry = entryOf(found);
  editor.edit(
    { kind: 'mask', entry, column: column.name, mask: column.personal.suggestion },
    ...(column.remark === null ? [] : [remarkEdit(entry, column.name, null)]),
  );
}

function decide(editor: PlanEditorState, suspect: Suspect, reason: string | null): void {
  const found = editor.compiled?.tables.find(({ name }) => name === suspect.table.name);
  if (found !== undefined) editor.edit(remarkEdit(entryOf(found), suspect.column.name, reason));
}

function remarkEdit(entry: ReturnType<typeof entryOf>, column: string, remark: string | null) {
  return { kind: 'remark', entry, column, remark } as const;
}
