import { lazy, Suspense, type ReactNode } from 'react';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { EmptyState } from '../components/states.tsx';
import { tabKey, useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { EDITORS } from './sections.tsx';
import { useFirstSecrets } from './use-first-secrets.ts';

const FirstSecretsPanel = lazy(async () => ({
  default: (await import('./first-secrets-panel.tsx')).FirstSecretsPanel,
}));

/** The tab in front. A screen that fails says so in its own place; the others go on. */
export function EditorArea(): ReactNode {
  // No more than this: what is chosen in a tab changes often, and would draw all of its screen anew.
  const active = useWorkbench((state) => state.active);
  const tab = useWorkbench(({ tabs }) => tabs.find((open) => tabKey(open) === active));
  const Editor = tab === undefined ? undefined : EDITORS[tab.kind];
  const { status, done } = useFirstSecrets();
  return (
    <div
      className="column grow"
      role="tabpanel"
      aria-labelledby={tab === undefined ? undefined : `tab-${active ?? ''}`}
    >
      {status !== null ? (
        <Suspense fallback={null}>
          <FirstSecretsPanel status={status} done={done} />
        </Suspense>
      ) : tab === undefined || Editor === undefined ? (
        <EmptyState title={text.shell.welcome.title}>{text.shell.welcome.hint}</EmptyState>
      ) : (
        <ErrorBoundary key={active}>
          <Suspense fallback={null}>
            <Editor id={tab.id} />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  );
}
