import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

const LOOK_EVERY_MS = 2_000;

/**
 * Calls back when a file may have changed, until the result is called. Its folder is watched, since editors and we
 * ourselves put a new file in its place; a look at size and time now and then catches what no event tells of.
 */
export function watchFile(path: string, changed: () => void): () => void {
  const watcher = watchFolder(path, changed);
  const last = { seen: '' };
  const look = async (): Promise<void> => {
    const now = await stat(path).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => 'gone',
    );
    if (last.seen !== '' && last.seen !== now) changed();
    last.seen = now;
  };
  void look();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

/** null where the system has no watches left: the looks go on. */
function watchFolder(path: string, changed: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) changed();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
