import Dialog from '@mui/material/Dialog';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useMemo, useState, type ReactNode } from 'react';
import { KeyHint } from '../components/marks.tsx';
import { printedKeys, useCommands, type Command } from '../state/commands.ts';
import { useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';

/** Every action by its name. Arrows move, Enter runs. */
export function Palette(): ReactNode {
  const dialog = useWorkbench((state) => state.dialog);
  const openDialog = useWorkbench((state) => state.openDialog);
  const open = dialog?.kind === 'palette';
  return (
    <Dialog
      open={open}
      onClose={() => openDialog(null)}
      slotProps={{ paper: { 'aria-label': text.shell.search } }}
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' }, '& .MuiDialog-paper': { width: 520, mt: '72px' } }}
    >
      {open ? <PaletteBody onDone={() => openDialog(null)} /> : null}
    </Dialog>
  );
}

function PaletteBody({ onDone }: { readonly onDone: () => void }): ReactNode {
  const commands = useCommands((state) => state.commands);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => matching(commands, typed), [commands, typed]);
  const chosen = Math.min(at, found.length - 1);
  const run = (command: Command | undefined): void => {
    if (command === undefined || command.enabled === false) return;
    onDone();
    command.run();
  };
  return (
    <>
      <OutlinedInput
        autoFocus
        fullWidth
        placeholder={text.shell.search}
        value={typed}
        sx={{ m: 2, width: 'auto' }}
        inputProps={{
          'aria-label': text.shell.search,
          'aria-controls': 'palette-list',
          role: 'combobox',
          'aria-expanded': true,
          'aria-activedescendant': `palette-${chosen}`,
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
          if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
          if (event.key === 'Enter') run(found[chosen]);
          // Enter too: the focus is back where it was before the key is through, and would press what is there.
          if (['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) event.preventDefault();
        }}
      />
      <FoundCommands found={found} chosen={chosen} onRun={run} />
    </>
  );
}

function FoundCommands({
  found,
  chosen,
  onRun,
}: {
  readonly found: readonly Command[];
  readonly chosen: number;
  readonly onRun: (command: Command) => void;
}): ReactNode {
  return (
    <>
      <ul id="palette-list" className="palette-list" role="listbox" aria-label={text.shell.search}>
        {found.map((command, index) => (
          <li
            key={command.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            aria-disabled={command.enabled === false}
            className="list-item palette-line"
            ref={index === chosen ? keepInSight : null}
            onClick={() => onRun(command)}
          >
            <span className={command.enabled === false ? 'grow ellipsis faint' : 'grow ellipsis'}>{command.title}</span>
            {command.keys === undefined ? null : <KeyHint>{printedKeys(command.keys)}</KeyHint>}
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="second" style={{ padding: '0 12px 12px' }}>
          {text.shell.noActions}
        </p>
      ) : null}
    </>
  );
}

/** Actions whose title holds every word typed, those that begin with the first word before the others. */
function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  // The palette is open already. Of two with one name the newest stands: a screen's own goes before the way to it.
  const newest = new Map(commands.map((command) => [command.id, command]));
  const others = [...newest.values()].filter(({ id }) => id !== 'palette');
  const found = others.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
  const first = words[0] ?? '';
  const rank = ({ title }: Command): number => (title.toLowerCase().startsWith(first) ? 0 : 1);
  return found.toSorted((left, right) => rank(left) - rank(right));
}

// What browsers give for a scroll is nothing to React, which would take it for the end of the element.
function keepInSight(line: HTMLElement | null): void {
  line?.scrollIntoView({ block: 'nearest' });
}
