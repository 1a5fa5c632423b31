import type { ReactNode } from 'react';
import { FolderIcon, HomeIcon, ExploreIcon } from '../components/icons.tsx';
import { text } from '../text/text.ts';
import type { FolderBrowser } from './use-folder.ts';

const ICONS = { home: HomeIcon, documents: FolderIcon, volume: ExploreIcon };

/** Where people usually begin. */
export function FolderPlaces({ folder: { view, goTo } }: { readonly folder: FolderBrowser }): ReactNode {
  return (
    <nav className="choose-path-places scroll" aria-label={text.files.places}>
      {(view?.places ?? []).map(({ kind, path }) => {
        const PlaceIcon = ICONS[kind];
        return (
          <button
            key={path}
            type="button"
            className="list-item"
            title={path}
            aria-current={path === view?.path}
            onClick={() => goTo(path)}
          >
            <span className="first">
              <PlaceIcon size={14} className="faint" />
              <span className="ellipsis">{kind === 'volume' ? path : text.files.place[kind]}</span>
            </span>
          </button>
        );
      })}
    </nav>
  );
}
