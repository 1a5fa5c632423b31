import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ConnectionFacts } from '../../../src-shared/contract/connections.ts';
import { CloseIcon } from '../../components/icons.tsx';
import { LoadingState } from '../../components/states.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { ConnectionFoot } from './connection-foot.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { ProductList } from './product-list.tsx';
import { TestResult } from './test-result.tsx';
import { useConnectionForm } from './use-connection-form.ts';
import './connection.css';

/** Adds a connection, or changes a saved one (`name`). */
export function ConnectionDialog({ name }: { readonly name: string | null }): ReactNode {
  const { data } = useAnswer(['connections', 'list'], (core, signal) => core.connections.list(undefined, { signal }));
  const close = (): void => useWorkbench.getState().openDialog(null);
  return (
    <Dialog
      open
      onClose={(_event, reason) => reason === 'escapeKeyDown' && close()}
      aria-labelledby="connection-title"
      slotProps={{ paper: { className: 'connection-dialog' } }}
    >
      <div className="dialog-head">
        <h2 id="connection-title" className="ellipsis">
          {name === null ? text.connections.titleNew : text.connections.titleEdit(name)}
        </h2>
        <IconButton className="push" aria-label={text.everywhere.close} onClick={close}>
          <CloseIcon />
        </IconButton>
      </div>
      {data === undefined ? (
        <LoadingState what={text.everywhere.reading} />
      ) : (
        <Body saved={data.find((one) => one.name === name) ?? null} onDone={close} />
      )}
    </Dialog>
  );
}

function Body({ saved, onDone }: { readonly saved: ConnectionFacts | null; readonly onDone: () => void }): ReactNode {
  const form = useConnectionForm(saved, onDone);
  const main = useRef<HTMLDivElement>(null);
  // The form of another product begins at its top.
  useEffect(() => {
    if (main.current !== null) main.current.scrollTop = 0;
  }, [form.draft.connector]);
  return (
    <form
      className="connection-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.isSaving) void form.submit();
      }}
    >
      <div className="connection-body">
        <ProductList form={form} />
        <div ref={main} className="connection-main scroll">
          <ConnectionFields form={form} />
          <TestResult form={form} />
        </div>
      </div>
      <ConnectionFoot form={form} onCancel={onDone} />
      {form.gate.dialog}
    </form>
  );
}
