import IconButton from '@mui/material/IconButton';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CloseIcon, PlanIcon, SearchIcon } from '../components/icons.tsx';
import { KeyHint, type ConnectionColor } from '../components/marks.tsx';
import { MiddleEllipsis } from '../components/middle-ellipsis.tsx';
import { CONNECTION_COLORS } from '../components/theme/tokens.ts';
import { printedKeys } from '../state/commands.ts';
import { tabKey, useWorkbench, type Tab } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { PARTS } from './sections.tsx';
import { useTabColors } from './use-tab-colors.ts';

/** The open tabs, and the field that reaches every action. */
export function TabStrip(): ReactNode {
  const { tabs, active, showTab, closeTab, openDialog } = useWorkbench(
    useShallow(({ tabs, active, showTab, closeTab, openDialog }) => ({ tabs, active, showTab, closeTab, openDialog })),
  );
  const colorOf = useTabColors();
  const list = useTabInSight(active);
  return (
    <div className="tabs">
      <div ref={list} className="tab-list" role="tablist" aria-label={text.shell.tabsLabel}>
        {tabs.map((tab) => {
          const key = tabKey(tab);
          const isActive = key === active;
          return (
            <div key={key} className={isActive ? 'tab active' : 'tab'} role="presentation">
              <TabEdge color={colorOf(tab)} />
              <button
                type="button"
                role="tab"
                id={`tab-${key}`}
                className="tab-name"
                aria-selected={isActive}
                tabIndex={isActive ? 0 : -1}
                onClick={() => showTab(key)}
                aria-keyshortcuts="Delete"
                onKeyDown={(event) => event.key === 'Delete' && closeTab(key)}
                onAuxClick={(event) => event.button === 1 && closeTab(key)}
              >
                <TabIcon kind={tab.kind} />
                <MiddleEllipsis text={tab.title} />
              </button>
              <IconButton
                // A list of tabs holds tabs alone; by keys and readers a tab is closed with Delete.
                aria-hidden
                title={text.shell.closeTab(tab.title)}
                tabIndex={-1}
                onClick={() => closeTab(key)}
                sx={{ width: 20, height: 20 }}
              >
                <CloseIcon size={12} />
              </IconButton>
            </div>
          );
        })}
      </div>
      <button type="button" className="search-box" onClick={() => openDialog({ kind: 'palette' })}>
        <SearchIcon size={14} />
        <span className="grow">{text.shell.search}</span>
        <KeyHint>{printedKeys('mod+k')}</KeyHint>
      </button>
    </div>
  );
}

/** Keeps the tab in front in sight where the strip has no room for all. */
function useTabInSight(active: string | null): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('.tab.active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  return list;
}

/** The colour of the connection that a tab works with, along its upper edge; its name stands in the tab's screen. */
function TabEdge({ color }: { readonly color: ConnectionColor | undefined }): ReactNode {
  return color === undefined ? null : <i className="edge" style={{ background: CONNECTION_COLORS[color] }} />;
}

function TabIcon({ kind }: { readonly kind: Tab['kind'] }): ReactNode {
  const Found = kind === 'plan' ? PlanIcon : PARTS.find((part) => part.section === kind)?.icon;
  return Found === undefined ? null : <Found size={16} />;
}
