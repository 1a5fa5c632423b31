import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider, useColorScheme } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, use, useEffect, type ReactNode } from 'react';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { LoadingState } from '../components/states.tsx';
import { pageNonce } from '../components/page-nonce.ts';
import { theme } from '../components/theme/theme.ts';
import { SETTINGS_KEY } from '../rpc/change-settings.ts';
import { CoreProvider, useSettings } from '../rpc/core-context.tsx';
import type { CoreConnection } from '../rpc/core-link.ts';
import { showError } from '../state/notices.ts';
import { text } from '../text/text.ts';
import { LostCore } from './lost-core.tsx';
import { WorkbenchScreen } from './workbench-screen.tsx';

// Answers are kept until the core says that they are old; a call that failed is asked again by a person only.
const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false } },
});

const styles = createCache({ key: 'css', nonce: pageNonce(), prepend: true });

/** The application: theme, connection to the core, then the window. */
export function App({ connection }: { readonly connection: Promise<CoreConnection> }): ReactNode {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system">
        <CssBaseline />
        <ErrorBoundary>
          <Suspense fallback={<LoadingState what={text.shell.starting} />}>
            <Connected connection={connection} />
          </Suspense>
        </ErrorBoundary>
      </ThemeProvider>
    </CacheProvider>
  );
}

/** What the first screen needs, read before it is drawn. */
async function firstAnswers({ core }: CoreConnection): Promise<void> {
  await Promise.all([
    queries.ensureQueryData({ queryKey: ['app', 'facts'], queryFn: () => core.app.facts() }),
    queries.ensureQueryData({ queryKey: SETTINGS_KEY, queryFn: () => core.app.settings() }),
  ]);
}

const prepared = new WeakMap<CoreConnection, Promise<void>>();

function prepare(connection: CoreConnection): Promise<void> {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const asked = firstAnswers(connection);
  prepared.set(connection, asked);
  return asked;
}

function Connected({ connection }: { readonly connection: Promise<CoreConnection> }): ReactNode {
  const opened = use(connection);
  use(prepare(opened));
  return (
    <QueryClientProvider client={queries}>
      <CoreProvider core={opened.core} onError={showError}>
        <ColorScheme />
        <WorkbenchScreen />
        <LostCore closed={opened.closed} />
      </CoreProvider>
    </QueryClientProvider>
  );
}

function ColorScheme(): null {
  const { settings } = useSettings();
  const { setMode } = useColorScheme();
  useEffect(() => setMode(settings.theme), [settings.theme, setMode]);
  return null;
}
