import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FolderEntry, FolderView } from '../../src-shared/contract/files.ts';
import { useCore } from '../rpc/core-context.tsx';
import { listedFor, splitPath, type PathRequest } from './path-request.ts';

export interface FolderBrowser {
  /** The folder shown; null before the first answer. */
  readonly view: FolderView | null;
  /** Why the folder asked for last is not shown; null: it is. */
  readonly error: unknown;
  readonly entries: readonly FolderEntry[];
  /** Index of the marked entry; -1: none. */
  readonly marked: number;
  readonly mark: (index: number) => void;
  readonly goTo: (path: string | null) => void;
  /** Shows the folder one up, with the one left marked. */
  readonly goUp: () => void;
  readonly makeFolder: (name: string) => Promise<void>;
}

interface Shown {
  readonly view: FolderView | null;
  readonly error: unknown;
  readonly marked: string | null;
}

/** The folder that is browsed. What is shown stays until the next folder is read, and also where it cannot be. */
export function useFolder(request: PathRequest): FolderBrowser {
  const core = useCore();
  const [shown, setShown] = useState<Shown>({ view: null, error: null, marked: null });
  const newest = useRef(0);
  const { view, error, marked } = shown;

  const read = useCallback(
    async (path: string | null, mark: string | null): Promise<void> => {
      const turn = ++newest.current;
      const next = await core.files.list({ path }).then(
        (found): Partial<Shown> => ({ view: found, error: null, marked: mark }),
        (failure: unknown): Partial<Shown> => ({ error: failure }),
      );
      // An answer that was overtaken by another wish is not shown.
      if (turn === newest.current) setShown((now) => ({ ...now, ...next }));
    },
    [core],
  );

  useEffect(() => {
    void begin(request, read);
    return () => void newest.current++;
  }, [request, read]);

  const entries = useMemo(() => (view === null ? [] : listedFor(request, view)), [view, request]);
  return {
    view,
    error,
    entries,
    marked: entries.findIndex(({ name }) => name === marked),
    mark: (index) => setShown((now) => ({ ...now, marked: entries[index]?.name ?? null })),
    goTo: (path) => void read(path, null),
    goUp: () => {
      if (view !== null && view.parent !== null) void read(view.parent, splitPath(view.path).name);
    },
    makeFolder: async (name) => {
      if (view === null) return;
      const { path } = await core.files.makeFolder({ parent: view.path, name });
      await read(path, null);
    },
  };
}

/** At the folder that is named, or at the one that a named file is in; where there is none, where documents go. */
async function begin(
  { kind, start }: PathRequest,
  read: (path: string | null, mark: string | null) => Promise<void>,
): Promise<void> {
  if (start === null || start === '') return read(null, null);
  if (kind === 'folder') return read(start, null);
  const { folder, name } = splitPath(start);
  return read(folder === '' ? null : folder, name);
}
