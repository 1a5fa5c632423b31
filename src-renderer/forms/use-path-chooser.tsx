import { useCallback, useState, type ReactNode } from 'react';
import { ChoosePathDialog } from './choose-path-dialog.tsx';
import type { PathRequest } from './path-request.ts';

export interface PathChooser {
  /** The path chosen; null: none. Asks with the system's own dialog where there is one. */
  readonly choose: (request: PathRequest) => Promise<string | null>;
  /** Draw it somewhere: the dialog while it is open. */
  readonly dialog: ReactNode;
}

interface Asked {
  readonly request: PathRequest;
  readonly answer: (path: string | null) => void;
}

/** Lets a person choose a folder or a file of the machine that the core runs on. */
export function usePathChooser(): PathChooser {
  const [asked, setAsked] = useState<Asked | null>(null);
  const choose = useCallback(
    (request: PathRequest): Promise<string | null> =>
      askSystem(request) ?? new Promise((resolve) => setAsked({ request, answer: resolve })),
    [],
  );
  const done = (path: string | null): void => {
    asked?.answer(path);
    setAsked(null);
  };
  return { choose, dialog: asked === null ? null : <ChoosePathDialog request={asked.request} onDone={done} /> };
}

/** The native dialog; null where the page runs in a browser. */
function askSystem({ kind, title, start, extensions = [] }: PathRequest): Promise<string | null> | null {
  const desktop = window.waybillDesktop;
  if (desktop === undefined) return null;
  if (kind === 'folder') return desktop.chooseFolder(title, start);
  return kind === 'file' ? desktop.chooseFile(title, extensions) : desktop.chooseNewFile(title, start ?? '');
}
