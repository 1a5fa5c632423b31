import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { toWireError } from '../../src-shared/errors/wire.ts';
import { PlusIcon, UpIcon } from '../components/icons.tsx';
import { text } from '../text/text.ts';
import type { FolderBrowser } from './use-folder.ts';

/** Where one is: one up, the path to type in, a new folder. */
export function FolderBar({ folder }: { readonly folder: FolderBrowser }): ReactNode {
  const [making, setMaking] = useState(false);
  const { view } = folder;
  return (
    <>
      <div className="choose-path-bar">
        <IconButton
          aria-label={text.files.up}
          title={text.files.up}
          disabled={view === null || view.parent === null}
          onClick={folder.goUp}
        >
          <UpIcon />
        </IconButton>
        <PathInput key={view?.path ?? ''} path={view?.path ?? ''} onGo={folder.goTo} />
        <Button variant="outlined" sx={{ flex: 'none' }} aria-expanded={making} onClick={() => setMaking(!making)}>
          <PlusIcon size={14} />
          {text.files.newFolder}
        </Button>
      </div>
      {making ? <NewFolder folder={folder} onDone={() => setMaking(false)} /> : null}
    </>
  );
}

function PathInput({ path, onGo }: { readonly path: string; readonly onGo: (path: string) => void }): ReactNode {
  const [typed, setTyped] = useState(path);
  return (
    <OutlinedInput
      fullWidth
      className="data-input"
      value={typed}
      inputProps={{ 'aria-label': text.files.path, spellCheck: false }}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || typed.trim() === '') return;
        event.preventDefault();
        onGo(typed);
      }}
    />
  );
}

function NewFolder({ folder, onDone }: { readonly folder: FolderBrowser; readonly onDone: () => void }): ReactNode {
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  const make = (): void => {
    if (name.trim() !== '') folder.makeFolder(name.trim()).then(onDone, setError);
  };
  return (
    <div className="choose-path-name">
      <span className="row">
        <OutlinedInput
          autoFocus
          fullWidth
          error={error !== null}
          placeholder={text.files.newFolderName}
          value={name}
          inputProps={{ 'aria-label': text.files.newFolderName, spellCheck: false }}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') make();
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            onDone();
          }}
        />
        <Button variant="outlined" disabled={name.trim() === ''} onClick={make}>
          {text.files.makeFolder}
        </Button>
      </span>
      <span className="hint small tone-bad" role="alert">
        {error === null ? '' : toWireError(error).message}
      </span>
    </div>
  );
}
