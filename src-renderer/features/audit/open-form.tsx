import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { PathField } from '../../forms/path-field.tsx';
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
      <PathField
        autoFocus
        label={words.path}
        hint={words.pathHint}
        value={path}
        placeholder={words.pathExample}
        onChange={setPath}
        request={{ kind: 'folder', title: words.title }}
      />
      <span>
        <Button variant="contained" type="submit" disabled={path.trim() === ''}>
          {words.open}
        </Button>
      </span>
      {window.waybillDesktop === undefined ? null : <p className="faint">{words.drop}</p>}
    </form>
  );
}
