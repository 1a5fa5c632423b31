import { useMemo, useRef, useState, type ReactNode } from 'react';
import { EmptyState, ErrorState, LoadingState } from '../../../components/states.tsx';
import { useOffer, type Command } from '../../../state/commands.ts';
import { useWorkbench } from '../../../state/workbench.ts';
import { text } from '../../../text/text.ts';
import { BeforeAfter } from '../masking/before-after.tsx';
import { MaskPanel } from '../masking/mask-panel.tsx';
import { MaskingList } from '../masking/masking-list.tsx';
import { nextSuspect, type MaskingRow } from '../masking/masking-rows.ts';
import { useMaskingRows } from '../masking/use-masking-rows.ts';
import type { StepProps } from '../plan-editor.ts';
import '../masking/masking.css';

/** Step 3: every column that goes out, how it is masked, and what that does to the rows. */
export function MaskingStep({ editor }: StepProps): ReactNode {
  const { compiled } = editor;
  const { rows, only, error } = useMaskingRows(editor);
  const [chosen, setChosen] = useState<string | null>(null);
  const chooseTable = useWorkbench((state) => state.chooseTable);
  const inTree = useWorkbench((state) => state.table);
  const panel = useRef<HTMLDivElement>(null);
  const select = (row: MaskingRow | undefined): void => {
    if (row === undefined) return;
    setChosen(row.id);
    chooseTable(row.table.table);
  };
  const selected =
    rows?.find(({ id }) => id === chosen) ??
    rows?.find(({ table }) => inTree !== null && table.table[0] === inTree[0] && table.table[1] === inTree[1]) ??
    rows?.[0];
  useNextSuspect(() => select(nextSuspect(rows ?? [], selected?.id ?? null)));
  if (error !== null && rows === null) return <ErrorState error={error} />;
  if (rows === null || compiled === null) return <LoadingState what={text.plan.compiling} />;
  if (selected === undefined)
    return <EmptyState title={text.plan.tables.empty}>{text.plan.tables.emptyHint}</EmptyState>;
  const ofTable = rows.filter(({ table }) => table.name === selected.table.name);
  return (
    <>
      <div className="masking-top">
        <MaskingList
          rows={rows}
          selected={selected.id}
          only={only}
          onSelect={select}
          onEnter={() => panel.current?.querySelector<HTMLElement>('[role="combobox"], input')?.focus()}
        />
        <MaskPanel key={selected.id} ref={panel} editor={editor} row={selected} />
      </div>
      <BeforeAfter editor={editor} table={selected.table} rows={ofTable} />
    </>
  );
}

/** Alt+↓ goes to the next column that is still to be decided about. */
function useNextSuspect(go: () => void): void {
  const last = useRef(go);
  last.current = go;
  const commands = useMemo<readonly Command[]>(
    () => [{ id: 'next-suspect', title: text.plan.masking.next, keys: 'alt+arrowdown', run: () => last.current() }],
    [],
  );
  useOffer(commands);
}
