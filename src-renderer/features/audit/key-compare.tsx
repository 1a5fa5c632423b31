import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import type { AuditOpened } from '../../../src-shared/contract/evidence.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import { copyText } from '../../components/copy-text.ts';
import { Field } from '../../components/field.tsx';
import { CopyIcon } from '../../components/icons.tsx';
import { Status, type Tone } from '../../components/marks.tsx';
import { useCore } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { useOpened } from './opened.ts';

const words = text.audit.key;

/** The key inside, and a field for the one that came another way. Unchecked stays amber until it was compared. */
export function KeyCompare({ opened }: { readonly opened: AuditOpened }): ReactNode {
  const { path, fingerprint, result } = opened;
  return (
    <div style={{ padding: 12 }} className="column">
      <span className="label">{words.inside}</span>
      {fingerprint === null ? (
        <span className="tone-bad">{text.audit.unreadableSigner}</span>
      ) : (
        <span className="row">
          <span className="data ellipsis" title={result.signer ?? undefined}>
            {fingerprint}
          </span>
          <IconButton aria-label={words.copy} title={words.copy} onClick={() => copyText(result.signer ?? fingerprint)}>
            <CopyIcon size={14} />
          </IconButton>
        </span>
      )}
      <KeyState opened={opened} />
      <KeyField path={path} />
    </div>
  );
}

function KeyState({ opened: { compared, known, result } }: { readonly opened: AuditOpened }): ReactNode {
  const differs = result.findings.some(({ code }) => code === 'SIGNER_MISMATCH');
  const [tone, said]: [Tone, string] = differs
    ? ['bad', words.differs]
    : compared
      ? ['ok', words.same]
      : known
        ? ['ok', words.known]
        : ['warn', words.unchecked];
  return (
    <span role="status" style={{ margin: '4px 0 12px' }}>
      <Status tone={tone}>{said}</Status>
    </span>
  );
}

function KeyField({ path }: { readonly path: string }): ReactNode {
  const core = useCore();
  const compare = useOpened((state) => state.compare);
  const given = useOpened((state) => state.items.find((one) => one.path === path)?.key ?? null);
  const [typed, setTyped] = useState(given ?? '');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    const key = typed.trim();
    setBusy(true);
    try {
      // Only a text that is a key takes the place of the one before.
      if (key !== '') await core.audit.open({ path, key });
      setError(null);
      compare(path, key === '' ? null : key);
    } catch (failure) {
      setError(toWireError(failure).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={words.label} hint={words.hint} error={error}>
        {({ id, describedBy }) => (
          <OutlinedInput
            id={id}
            className="data-input"
            value={typed}
            placeholder={words.example}
            onChange={(event) => setTyped(event.target.value)}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false, maxLength: 4096 }}
            endAdornment={
              <Button type="submit" variant="text" disabled={busy} sx={{ height: 22, mr: '-10px' }}>
                {typed.trim() === '' && given !== null ? words.forget : words.compare}
              </Button>
            }
          />
        )}
      </Field>
    </form>
  );
}
