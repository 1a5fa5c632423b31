import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import type { FolderEntry } from '../../src-shared/contract/files.ts';
import { formatBytes, formatCount } from '../../src-shared/util/format-number.ts';
import { formatDay } from '../../src-shared/util/format-moment.ts';
import { FileIcon, FolderIcon } from '../components/icons.tsx';
import { MiddleEllipsis } from '../components/middle-ellipsis.tsx';
import { ErrorState, LoadingState } from '../components/states.tsx';
import { useFixedRows } from '../components/use-fixed-rows.ts';
import { text } from '../text/text.ts';
import { joinPath, type PathRequest } from './path-request.ts';
import type { FolderBrowser } from './use-folder.ts';

const ROW_HEIGHT = 26;
const PAGE = 12;

interface Listing {
  readonly folder: FolderBrowser;
  readonly request: PathRequest;
  readonly onChoose: (path: string) => void;
}

/** What is in the folder. Arrows mark, Enter opens or chooses, Backspace goes one up, letters find. */
export function FolderList({ folder, request, onChoose }: Listing): ReactNode {
  const { view, error, entries, marked } = folder;
  const { box, lines, show } = useFixedRows({ count: entries.length, rowHeight: ROW_HEIGHT, overscan: 8 });
  useEffect(() => {
    if (marked >= 0) show(marked);
  }, [marked, show]);
  const open = (entry: FolderEntry | undefined): void => {
    if (view === null || entry === undefined) return;
    const path = joinPath(view.path, entry.name);
    if (entry.kind === 'folder') folder.goTo(path);
    else if (request.kind === 'file') onChoose(path);
  };
  if (error !== null) return <ErrorState error={error} onRetry={() => folder.goTo(view?.path ?? null)} />;
  if (view === null) return <LoadingState what={text.files.reading} />;
  return (
    <div className="column grow">
      <div
        ref={box}
        className="scroll grow choose-path-list"
        role="listbox"
        tabIndex={0}
        aria-label={text.files.entries}
        aria-activedescendant={marked < 0 ? undefined : `entry-${marked}`}
        onKeyDown={(event) => pressInList(event, { folder, open })}
      >
        <div style={{ height: lines.getTotalSize(), position: 'relative' }} role="presentation">
          {lines.getVirtualItems().map(({ index, start }) => (
            <Line key={index} index={index} top={start} folder={folder} onOpen={open} />
          ))}
        </div>
        {entries.length === 0 ? (
          <p className="second choose-path-note">
            {view.entries.length === 0 ? text.files.emptyFolder : text.files.empty}
          </p>
        ) : null}
      </div>
      {view.left === 0 ? null : <p className="second choose-path-note">{text.files.left(formatCount(view.left))}</p>}
    </div>
  );
}

function Line({
  index,
  top,
  folder: { entries, marked, mark },
  onOpen,
}: {
  readonly index: number;
  readonly top: number;
  readonly folder: FolderBrowser;
  readonly onOpen: (entry: FolderEntry) => void;
}): ReactNode {
  const entry = entries[index];
  if (entry === undefined) return null;
  const KindIcon = entry.kind === 'folder' ? FolderIcon : FileIcon;
  return (
    <div
      id={`entry-${index}`}
      role="option"
      aria-selected={index === marked}
      aria-setsize={entries.length}
      aria-posinset={index + 1}
      className="choose-path-line"
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => mark(index)}
      onDoubleClick={() => onOpen(entry)}
    >
      <KindIcon size={14} className="faint" />
      <span className="visually-hidden">{entry.kind === 'folder' ? text.files.folder : text.files.file}</span>
      <span className="grow">
        <MiddleEllipsis text={entry.name} />
      </span>
      <span className="figure size">{entry.bytes === null ? '' : formatBytes(entry.bytes)}</span>
      <span className="figure day">{entry.modified === null ? '' : formatDay(entry.modified)}</span>
    </div>
  );
}

function pressInList(
  event: KeyboardEvent,
  { folder, open }: { folder: FolderBrowser; open: (entry: FolderEntry | undefined) => void },
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { entries, marked } = folder;
  const last = entries.length - 1;
  const to = (index: number): void => folder.mark(Math.max(0, Math.min(last, index)));
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => to(marked + 1),
    ArrowUp: () => to(marked - 1),
    Home: () => to(0),
    End: () => to(last),
    PageDown: () => to(marked + PAGE),
    PageUp: () => to(marked - PAGE),
    Enter: () => open(entries[marked]),
    ArrowRight: () => open(entries[marked]?.kind === 'folder' ? entries[marked] : undefined),
    ArrowLeft: folder.goUp,
    Backspace: folder.goUp,
  };
  const move = moves[event.key] ?? (event.key.length === 1 ? () => find(event.key, folder) : undefined);
  if (move === undefined) return;
  event.preventDefault();
  move();
}

/** The next entry that begins with a letter. */
function find(letter: string, { entries, marked, mark }: FolderBrowser): void {
  const begins = ({ name }: FolderEntry): boolean => name.toLowerCase().startsWith(letter.toLowerCase());
  const next = entries.findIndex((entry, index) => index > marked && begins(entry));
  const found = next >= 0 ? next : entries.findIndex(begins);
  if (found >= 0) mark(found);
}
