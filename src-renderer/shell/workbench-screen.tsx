import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import type { WorkspaceStatus } from '../../src-shared/contract/app.ts';
import { useStream } from '../rpc/core-context.tsx';
import { useFollowRuns } from '../rpc/live-runs.ts';
import { showError } from '../state/notices.ts';
import { Dialogs } from './dialogs.tsx';
import { EditorArea } from './editor-area.tsx';
import { NoticesPanel } from './notices-panel.tsx';
import { Rail } from './rail.tsx';
import { useSectionCommands } from './section-commands.ts';
import { useShellCommands } from './shell-commands.ts';
import { SidePanel } from './side-panel.tsx';
import { RunStrip } from './run-strip.tsx';
import { StatusBar } from './status-bar.tsx';
import { TabStrip } from './tab-strip.tsx';
import { useDesktopMenu } from './use-desktop-menu.ts';
import { useDrop } from './use-drop.ts';
import { useKeys } from './use-keys.ts';
import { useRememberedTabs } from './use-remembered-tabs.ts';

/** Answers that rest on what the core keeps: asked anew when it says that something has changed. */
const RESTS_ON_THE_CORE = ['connections', 'targets', 'keys', 'secrets', 'runs', 'deliveries', 'ledger', 'plans'];

/** Follows the core's status, and has what it makes old asked anew. */
function useFreshAnswers(): WorkspaceStatus | null {
  const client = useQueryClient();
  const basis = useRef<number | null>(null);
  return useStream((core, signal) => core.app.status(undefined, { signal }), {
    key: 'status',
    onValue: (status) => {
      const isBasisNew = basis.current !== null && basis.current !== status.basis;
      basis.current = status.basis;
      void client.invalidateQueries({ predicate: ({ queryKey }) => isOld(queryKey, isBasisNew) });
    },
    onError: showError,
  });
}

/** What a plan holds is told by its own watch; a large one is compiled anew only when what it rests on has changed. */
function isOld([area, what]: QueryKey, isBasisNew: boolean): boolean {
  if (area === 'plans' && what !== 'list') return isBasisNew;
  return RESTS_ON_THE_CORE.includes(String(area));
}

/** The whole window. */
export function WorkbenchScreen(): ReactNode {
  const status = useFreshAnswers();
  useFollowRuns(showError);
  useShellCommands();
  useSectionCommands();
  useKeys();
  useDesktopMenu();
  useDrop();
  useRememberedTabs();
  return (
    <div className="frame">
      <Rail runsAlive={status?.runsAlive ?? 0} />
      <SidePanel />
      <main className="main">
        <TabStrip />
        <EditorArea />
      </main>
      <RunStrip />
      <StatusBar status={status} />
      <Dialogs />
      <NoticesPanel />
    </div>
  );
}
