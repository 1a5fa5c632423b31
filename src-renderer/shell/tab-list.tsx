import IconButton from '@mui/material/IconButton';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CloseIcon, HistoryIcon, PlanIcon, type Icon } from '../components/icons.tsx';
import type { ConnectionColor } from '../components/marks.tsx';
import { MiddleEllipsis } from '../components/middle-ellipsis.tsx';
import { CONNECTION_COLORS } from '../components/theme/tokens.ts';
import { tabKey, useWorkbench, type Tab } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { PARTS } from './sections.tsx';
import { useTabColors } from './use-tab-colors.ts';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1 };

/** The open tabs, side by side. One of them is reached with Tab, the others from there with the arrows. */
export function TabList({ list }: { readonly list: RefObject<HTMLDivElement | null> }): ReactNode {
  const { tabs, active, moveTab } = useWorkbench(
    useShallow(({ tabs, active, moveTab }) => ({ tabs, active, moveTab })),
  );
  const colorOf = useTabColors();
  const step = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    moveTab(by);
    const front = useWorkbench.getState().active;
    if (front !== null) document.getElementById(`tab-${front}`)?.focus();
  };
  return (
    <div
      ref={list}
      className="tab-list"
      role="tablist"
      aria-label={text.shell.tabsLabel}
      onKeyDown={step}
      onWheel={({ currentTarget, deltaY }) => currentTarget.scrollBy({ left: deltaY })}
    >
      {tabs.map((tab) => (
        <OpenTab key={tabKey(tab)} tab={tab} isActive={tabKey(tab) === active} color={colorOf(tab)} />
      ))}
    </div>
  );
}

function OpenTab({
  tab,
  isActive,
  color,
}: {
  readonly tab: Tab;
  readonly isActive: boolean;
  readonly color: ConnectionColor | undefined;
}): ReactNode {
  const key = tabKey(tab);
  const showTab = useWorkbench((state) => state.showTab);
  const closeTab = useWorkbench((state) => state.closeTab);
  return (
    <div className={isActive ? 'tab active' : 'tab'} role="presentation">
      <TabEdge color={color} />
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
}

/** The colour of the connection that a tab works with, along its upper edge; its name stands in the tab's screen. */
function TabEdge({ color }: { readonly color: ConnectionColor | undefined }): ReactNode {
  return color === undefined ? null : <i className="edge" style={{ background: CONNECTION_COLORS[color] }} />;
}

const OF_NO_SECTION: Readonly<Partial<Record<Tab['kind'], Icon>>> = { plan: PlanIcon, history: HistoryIcon };

/** What a tab is, in a picture. */
export function TabIcon({ kind }: { readonly kind: Tab['kind'] }): ReactNode {
  const Found = OF_NO_SECTION[kind] ?? PARTS.find((part) => part.section === kind)?.icon;
  return Found === undefined ? null : <Found size={16} />;
}
