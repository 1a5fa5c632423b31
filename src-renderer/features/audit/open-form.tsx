import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { Field } from '../../components/field.tsx';
import { text } from '../../text/text.ts';
import { openPath } from './opened.ts';

const words = text.audit;

/** Asks for the folder that is to be checked. */
export function OpenForm(): ReactNode {
  const [path, setPath] = useState('');
  return (
    <form
      className="column"
      style={{ padding: '20px 16px', gap: 16, maxWidth: 640 }}
      onSubmit={(event) => {
        event.preventDefault();
        openPath(path);
        setPath('');
      }}
    >
      <div className="column" style={{ gap: 4 }}>
        <h1 style={{ fontSize: 17, lineHeight: '24px', fontWeight: 600 }}>{words.title}</h1>
        <p className="second">{words.intro}</p>
      </div>
      <Field label={words.path} hint={words.pathHint}>
        {({ id, describedBy }) => (
          <span className="row">
            <OutlinedInput
              id={id}
              autoFocus
              className="data-input grow"
              value={path}
              placeholder={words.pathExample}
              onChange={(event) => setPath(event.target.value)}
              inputProps={{ 'aria-describedby': describedBy, spellCheck: false }}
            />
            <Button variant="contained" type="submit" disabled={path.trim() === ''}>
              {words.open}
            </Button>
          </span>
        )}
      </Field>
      {window.waybillDesktop === undefined ? null : <p className="faint">{words.drop}</p>}
    </form>
  );
}
