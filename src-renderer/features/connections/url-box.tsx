import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { errorOnScreen } from '../../text/error-on-screen.ts';
import { LinkIcon } from '../../components/icons.tsx';
import { useCore } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { withUrl } from './draft.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** A connection URL fills the form and is tested at once. It does not stay here: it may hold a password. */
export function UrlBox({ form }: { readonly form: ConnectionForm }): ReactNode {
  const core = useCore();
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<{ readonly bad: boolean; readonly words: string } | null>(null);
  const take = async (url: string): Promise<void> => {
    try {
      const read = await core.connections.readUrl({ url });
      const next = withUrl(form.draft, read);
      form.replace(next);
      setTyped('');
      setSaid(
        read.ignored.length === 0 ? null : { bad: false, words: text.connections.urlIgnored(read.ignored.join(', ')) },
      );
      await form.runTest(next);
    } catch (error) {
      const { message, remedy = '' } = errorOnScreen(error);
      setSaid({ bad: true, words: `${message} ${remedy}` });
    }
  };
  return (
    <div className="field">
      <OutlinedInput
        className="url-box"
        placeholder={text.connections.url}
        value={typed}
        inputProps={{ 'aria-label': text.connections.urlLabel, spellCheck: false, autoComplete: 'off' }}
        startAdornment={
          <InputAdornment position="start" sx={{ mr: 0 }}>
            <LinkIcon size={14} />
          </InputAdornment>
        }
        onChange={(event) => setTyped(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain').trim();
          if (typed !== '' || pasted === '') return;
          event.preventDefault();
          void take(pasted);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || typed.trim() === '') return;
          event.preventDefault();
          void take(typed.trim());
        }}
      />
      {said === null ? null : (
        <span className={said.bad ? 'hint tone-bad' : 'hint'} role={said.bad ? 'alert' : 'status'}>
          {said.words}
        </span>
      )}
    </div>
  );
}
