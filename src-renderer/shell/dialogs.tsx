import { lazy, Suspense, type ReactNode } from 'react';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { useWorkbench, type Dialog } from '../state/workbench.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { Palette } from './palette.tsx';

const ConnectionDialog = lazy(async () => ({
  default: (await import('../features/connections/connection-dialog.tsx')).ConnectionDialog,
}));
const RemoveConnectionDialog = lazy(async () => ({
  default: (await import('../features/connections/remove-connection-dialog.tsx')).RemoveConnectionDialog,
}));

/** The dialog that is open, over everything else; the code of one is fetched when it is first opened. */
export function Dialogs(): ReactNode {
  const dialog = useWorkbench((state) => state.dialog);
  return (
    <>
      <Palette />
      <KeysDialog />
      <ErrorBoundary>
        <Suspense fallback={null}>{dialog === null ? null : <Opened dialog={dialog} />}</Suspense>
      </ErrorBoundary>
    </>
  );
}

function Opened({ dialog }: { readonly dialog: Dialog }): ReactNode {
  switch (dialog.kind) {
    case 'connection':
      return <ConnectionDialog key={dialog.name} name={dialog.name} />;
    case 'remove-connection':
      return <RemoveConnectionDialog name={dialog.name} />;
    case 'palette':
    case 'keys':
      return null;
  }
}
