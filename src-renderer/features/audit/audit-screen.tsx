import { useEffect, useMemo, type ReactNode } from 'react';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { useOffer } from '../../state/commands.ts';
import { text } from '../../text/text.ts';
import { AuditBanner } from './audit-banner.tsx';
import { OpenedScreen } from './opened-screen.tsx';
import { showStart, useOpened } from './opened.ts';
import { OpenForm } from './open-form.tsx';
import { useOpenedAnswer } from './use-opened-answer.ts';

/** The auditor's view. `id`: the path of what is looked at; empty: the place where something is opened. */
export function AuditScreen({ id: path }: { readonly id: string }): ReactNode {
  useOffer(
    useMemo(
      () => [{ id: 'audit-open', title: text.audit.openCommand, run: () => showStart(text.shell.sections.audit) }],
      [],
    ),
  );
  return path === '' ? <OpenForm /> : <Opened key={path} path={path} />;
}

function Opened({ path }: { readonly path: string }): ReactNode {
  const add = useOpened((state) => state.add);
  // A tab that was opened from elsewhere belongs in the list too.
  useEffect(() => add(path), [add, path]);
  const { data, error, refetch } = useOpenedAnswer(path);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState what={text.audit.checking} />;
  return (
    <>
      <AuditBanner opened={data} />
      <OpenedScreen opened={data} />
    </>
  );
}
