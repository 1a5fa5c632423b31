import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useMemo, useState, type ReactNode } from 'react';
import { PlusIcon } from '../../../components/icons.tsx';
import { useAnswer } from '../../../rpc/core-context.tsx';
import { ByTable } from '../../../state/by-table.ts';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { matchingTables } from './matching-tables.ts';

const words = text.plan.tables;

/** Adds every table that a pattern matches now. What comes later does not join by itself. */
export function AddByName({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const [typed, setTyped] = useState('');
  const { connection } = editor.plan;
  const { data } = useAnswer(
    ['catalog', 'summary', connection],
    (core, signal) => core.catalog.summary({ connection }, { signal }),
    { enabled: typed !== '', large: true },
  );
  const fresh = useMemo(() => {
    if (data === undefined || typed === '') return [];
    const inPlan = new ByTable((editor.compiled?.tables ?? []).map(({ table }) => [table, true] as const));
    return matchingTables(data, typed).filter((pair) => inPlan.get(pair) === undefined);
  }, [data, typed, editor.compiled]);
  const add = (): void => {
    if (fresh.length === 0) return;
    editor.edit(
      ...fresh.map(([namespace, name]) => ({ kind: 'table', table: { namespace, name }, chosen: true }) as const),
    );
    setTyped('');
  };
  const hint = typed === '' || data === undefined ? '' : fresh.length === 0 ? words.addNone : words.added(fresh.length);
  return (
    <>
      <span className="small second" role="status">
        {hint}
      </span>
      <OutlinedInput
        placeholder={words.add}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') add();
          if (key === 'Escape') setTyped('');
        }}
        sx={{ width: 236, height: 24, fontSize: 12 }}
        inputProps={{ 'aria-label': words.add, spellCheck: false }}
        startAdornment={
          <InputAdornment position="start" sx={{ mr: 0 }}>
            <PlusIcon size={14} />
          </InputAdornment>
        }
      />
    </>
  );
}
