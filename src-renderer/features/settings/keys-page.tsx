import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import type { KeyFacts } from '../../../src-shared/contract/secrets.ts';
import { errorOnScreen } from '../../text/error-on-screen.ts';
import { formatDay } from '../../../src-shared/util/format-moment.ts';
import { Field } from '../../components/field.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useMakeKey } from '../../forms/use-make-key.ts';
import { useAnswer } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { DestroyKeyDialog } from './destroy-key-dialog.tsx';
import { PageHead } from './page-head.tsx';

const words = text.settings.key;
const OWN = 'connection:';

/** Pseudonym keys by name and fingerprint: made, listed, destroyed. */
export function KeysPage(): ReactNode {
  const { data, error, refetch } = useAnswer(['keys', 'list'], (core, signal) => core.keys.list(undefined, { signal }));
  const [destroying, setDestroying] = useState<string | null>(null);
  return (
    <>
      <PageHead title={text.settings.pages.keys} what={text.settings.what.keys} />
      <AddKey />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what={text.everywhere.reading} />
      ) : data.length === 0 ? (
        <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
      ) : (
        <KeyTable keys={data} onDestroy={setDestroying} />
      )}
      {destroying === null ? null : <DestroyKeyDialog name={destroying} onDone={() => setDestroying(null)} />}
    </>
  );
}

function AddKey(): ReactNode {
  const { make, error, dialog } = useMakeKey();
  const [name, setName] = useState('');
  const add = async (): Promise<void> => {
    if (await make(name.trim())) setName('');
  };
  const wire = error === null ? null : errorOnScreen(error);
  return (
    <form
      className="settings-form line"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void add();
      }}
    >
      <Field
        label={words.add}
        hint={words.addHint}
        error={wire === null ? null : `${wire.message} ${wire.remedy ?? ''}`}
      >
        {({ id, describedBy }) => (
          <span className="row">
            <OutlinedInput
              id={id}
              value={name}
              error={wire !== null}
              sx={{ width: 260 }}
              inputProps={{ 'aria-describedby': describedBy, spellCheck: false, autoComplete: 'off' }}
              onChange={(event) => setName(event.target.value)}
            />
            <Button variant="outlined" type="submit" disabled={name.trim() === ''}>
              {words.addButton}
            </Button>
          </span>
        )}
      </Field>
      {dialog}
    </form>
  );
}

function KeyTable({
  keys,
  onDestroy,
}: {
  readonly keys: readonly KeyFacts[];
  readonly onDestroy: (name: string) => void;
}): ReactNode {
  return (
    <div className="scroll grow">
      <table className="plain keys" aria-label={text.settings.pages.keys}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col" className="fingerprint">
              {words.fingerprint}
            </th>
            <th scope="col" style={{ width: 104 }}>
              {words.created}
            </th>
            <th scope="col" style={{ width: 148 }}>
              {words.state}
            </th>
            <th style={{ width: 112 }} />
          </tr>
        </thead>
        <tbody>
          {keys.map(({ name, fingerprint, created, destroyed, own }) => (
            <tr key={name}>
              <td className="medium">
                <MiddleEllipsis text={own ? words.own(name.slice(OWN.length)) : name} />
              </td>
              <td className="data second">
                <MiddleEllipsis text={fingerprint} />
              </td>
              <td className="data second">{formatDay(created)}</td>
              <td className={destroyed === null ? '' : 'faint'}>
                {destroyed === null ? words.inUse : words.destroyed(formatDay(destroyed))}
              </td>
              <td className="right">
                {destroyed === null ? (
                  <Button variant="text" sx={{ height: 22 }} onClick={() => onDestroy(name)}>
                    {words.destroy}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
