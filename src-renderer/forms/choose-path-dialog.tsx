import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useEffect, useState, type ReactNode } from 'react';
import { formatBytes } from '../../src-shared/util/format-number.ts';
import { DialogFoot } from '../components/dialog-foot.tsx';
import { CloseIcon } from '../components/icons.tsx';
import { text } from '../text/text.ts';
import { FolderBar } from './folder-bar.tsx';
import { FolderList } from './folder-list.tsx';
import { FolderPlaces } from './folder-places.tsx';
import { joinPath, splitPath, type PathRequest } from './path-request.ts';
import { useFolder, type FolderBrowser } from './use-folder.ts';
import './choose-path.css';

/** Chooses a folder or a file on the machine that the core runs on, where the system's own dialog is not at hand. */
export function ChoosePathDialog({
  request,
  onDone,
}: {
  readonly request: PathRequest;
  /** null: nothing was chosen. */
  readonly onDone: (path: string | null) => void;
}): ReactNode {
  return (
    <Dialog
      open
      onClose={() => onDone(null)}
      aria-labelledby="choose-path-title"
      slotProps={{ paper: { className: 'choose-path' } }}
    >
      <div className="dialog-head">
        <h2 id="choose-path-title" className="ellipsis">
          {request.title}
        </h2>
        <IconButton className="push" aria-label={text.everywhere.close} onClick={() => onDone(null)}>
          <CloseIcon />
        </IconButton>
      </div>
      <DialogBody request={request} onDone={onDone} />
    </Dialog>
  );
}

function DialogBody({
  request,
  onDone,
}: {
  readonly request: PathRequest;
  readonly onDone: (path: string | null) => void;
}): ReactNode {
  const folder = useFolder(request);
  const [name, setName] = useState(() =>
    request.kind === 'new-file' && request.start !== null ? splitPath(request.start).name : '',
  );
  const taken = folder.view?.entries.some((entry) => entry.name === name) === true;
  const chosen = chosenPath(request, folder, taken ? '' : name);
  return (
    <>
      <FolderBar folder={folder} />
      <div className="choose-path-body">
        <FolderPlaces folder={folder} />
        <FolderList folder={folder} request={request} onChoose={onDone} />
      </div>
      {request.kind === 'new-file' ? <NewName name={name} taken={taken} onChange={setName} /> : null}
      <DialogFoot onCancel={() => onDone(null)} start={<FreeSpace folder={folder} />}>
        <Button variant="contained" disabled={chosen === null} onClick={() => onDone(chosen)}>
          {CHOOSE_TEXT[request.kind]}
        </Button>
      </DialogFoot>
    </>
  );
}

const CHOOSE_TEXT: Readonly<Record<PathRequest['kind'], string>> = {
  folder: text.files.chooseFolder,
  file: text.files.chooseFile,
  'new-file': text.files.save,
};

/** The path that the main button gives: the marked folder, else the one shown; the marked file; the name typed. */
function chosenPath(
  { kind }: PathRequest,
  { view, error, entries, marked }: FolderBrowser,
  name: string,
): string | null {
  if (view === null || error !== null) return null;
  const entry = entries[marked];
  if (kind === 'new-file') return name.trim() === '' ? null : joinPath(view.path, name.trim());
  if (kind === 'file') return entry?.kind === 'file' ? joinPath(view.path, entry.name) : null;
  return entry === undefined ? view.path : joinPath(view.path, entry.name);
}

function NewName({
  name,
  taken,
  onChange,
}: {
  readonly name: string;
  readonly taken: boolean;
  readonly onChange: (name: string) => void;
}): ReactNode {
  return (
    <div className="choose-path-name">
      <label className="row">
        <span className="second no-wrap">{text.files.fileName}</span>
        <OutlinedInput
          autoFocus
          fullWidth
          error={taken}
          value={name}
          inputProps={{ spellCheck: false }}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <span className="hint small tone-bad" role="alert">
        {taken ? text.files.taken : ''}
      </span>
    </div>
  );
}

function FreeSpace({ folder: { view } }: { readonly folder: FolderBrowser }): ReactNode {
  // Room is kept, so that nothing jumps when the figure comes.
  const [free, setFree] = useState<number | null>(null);
  const now = view?.freeBytes ?? null;
  useEffect(() => setFree(now), [now]);
  return <span className="small faint figures">{free === null ? '' : text.files.free(formatBytes(free))}</span>;
}
