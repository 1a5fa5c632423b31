import { constants } from 'node:fs';
import { access, link, lstat, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { TargetContext, TargetSecrets, TargetSession } from '../../ports/target.ts';
import { throwIfAborted } from '../kit/cancelled.ts';
import { existingName } from '../kit/existing-name.ts';
import { relativePath } from '../kit/relative-path.ts';
import { errnoOf, folderError } from './errors.ts';
import type { FolderOptions } from './options.ts';

const BLOCK_BYTES = 1024 * 1024;
// Windows has neither flag nor links of that kind at this place.
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
/** File systems without hard links answer with one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EINVAL']);

type Found = Awaited<ReturnType<TargetSession['stat']>>;

/** Opens a folder that is there; a missing one is an unmounted volume more often than a wish. */
export async function openFolder(
  options: FolderOptions,
  _secrets: TargetSecrets,
  { signal }: TargetContext,
): Promise<TargetSession> {
  throwIfAborted(signal);
  try {
    if (!(await stat(options.path)).isDirectory()) throw existingName(options.path);
    return new FolderSession({ root: options.path, writable: await isWritable(options.path), signal });
  } catch (error) {
    throw folderError(error, options.path);
  }
}

class FolderSession implements TargetSession {
  readonly facts: TargetSession['facts'];
  readonly #root: string;
  readonly #signal: AbortSignal;

  constructor({ root, writable, signal }: { root: string; writable: boolean; signal: AbortSignal }) {
    this.facts = { uri: pathToFileURL(root).href, hostKey: null, writable };
    this.#root = root;
    this.#signal = signal;
  }

  stat(path: string): Promise<Found> {
    return this.#at(path, findOrNull);
  }

  makeFolder(path: string): Promise<void> {
    return this.#at(path, async (place) => {
      if ((await findOrNull(place))?.kind === 'folder') return;
      await mkdir(place, { mode: 0o700 });
      await syncFolder(dirname(place));
    });
  }

  write(path: string, source: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Promise<void> {
    return this.#at(path, async (place) => {
      const file = await open(place, 'wx', 0o600);
      try {
        for await (const block of source) {
          throwIfAborted(this.#signal);
          for (let done = 0; done < block.length;) {
            done += (await file.write(block, done)).bytesWritten;
          }
          onBytes(block.length);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder(dirname(place));
    });
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    const file = await this.#at(path, (place) => open(place, READ_ONLY));
    try {
      for (;;) {
        throwIfAborted(this.#signal);
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(BLOCK_BYTES), 0, BLOCK_BYTES);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      throw folderError(error, join(this.#root, path));
    } finally {
      await file.close();
    }
  }

  rename(from: string, to: string): Promise<void> {
    return this.#at(to, async (place) => {
      await renameNew(await this.#place(from), place, to);
      await syncFolder(dirname(place));
    });
  }

  remove(path: string): Promise<void> {
    return this.#at(path, async (place) => {
      if ((await findOrNull(place)) === null) return;
      await unlink(place);
      await syncFolder(dirname(place));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async #at<T>(path: string, work: (place: string) => Promise<T>): Promise<T> {
    throwIfAborted(this.#signal);
    try {
      return await work(await this.#place(path));
    } catch (error) {
      throw folderError(error, join(this.#root, path));
    }
  }

  /** The absolute path. Links below the root lead elsewhere, so none is followed. */
  async #place(path: string): Promise<string> {
    const parts = relativePath(path).split('/');
    for (let length = 1; length < parts.length; length++) {
      const parent = join(this.#root, ...parts.slice(0, length));
      if ((await findOrNull(parent))?.kind !== 'other') continue;
      throw appError('TARGET/FAILED', {
        message: `At the target, ${parts.slice(0, length).join('/')} is a link or no folder.`,
        remedy: 'Put a plain folder there.',
        context: { path },
      });
    }
    return join(this.#root, ...parts);
  }
}

/** As the system answers for this user, read-only volumes included; nothing is written to find out. */
async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error))) return false;
    throw error;
  }
}

/** link(2) fails when the name is taken, so a file is never replaced even in a race; rename(2) of a folder replaces none that holds something. */
async function renameNew(from: string, to: string, name: string): Promise<void> {
  if ((await lstat(from)).isFile()) {
    try {
      await link(from, to);
      await unlink(from);
      return;
    } catch (error) {
      if (!NO_LINKS.has(errnoOf(error))) throw error;
    }
  }
  if ((await findOrNull(to)) !== null) throw existingName(name);
  await rename(from, to);
}

async function findOrNull(place: string): Promise<Found> {
  try {
    const found = await lstat(place);
    return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** Makes the names in a folder durable. Windows has no such call, and some network file systems refuse it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP'].includes(errnoOf(error))) throw error;
  } finally {
    await handle.close();
  }
}
