import type { ReactNode } from 'react';
import { SearchIcon } from '../components/icons.tsx';
import { KeyHint } from '../components/marks.tsx';
import { printedKeys } from '../state/commands.ts';
import { useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { TabList } from './tab-list.tsx';
import { TabMenu } from './tab-menu.tsx';
import { useTabRoom } from './use-tab-room.ts';

/** The open tabs, a list of them where they do not all fit, and the field that reaches every action. */
export function TabStrip(): ReactNode {
  const openDialog = useWorkbench((state) => state.openDialog);
  const { list, isFull } = useTabRoom();
  return (
    <div className="tabs">
      <TabList list={list} />
      {isFull ? <TabMenu /> : null}
      <button type="button" className="search-box" onClick={() => openDialog({ kind: 'palette' })}>
        <SearchIcon size={14} />
        <span className="grow">{text.shell.search}</span>
        <KeyHint>{printedKeys('mod+k')}</KeyHint>
      </button>
    </div>
  );
}
