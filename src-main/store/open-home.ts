import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError, appError } from '../../src-shared/errors/app-error.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import type { Store } from '../ports/store.ts';
import { homePaths, type HomePaths } from './home-paths.ts';
import { parseJsonBytes } from './parse-json-bytes.ts';

/** The version of the layout this program writes and reads. */
export const HOME_VERSION = 1;
const MAX_HOME_BYTES = 64 * 1024;

const versionSchema = z.looseObject({ waybillHome: z.number().int().positive() });
const homeSchema = z.looseObject({
  waybillHome: z.literal(HOME_VERSION),
  installation: z.uuid(),
  throwAway: z.boolean().optional(),
});

export interface Home {
  readonly paths: HomePaths;
  /** UUID of this installation; the `source` of its ledger's entries. */
  readonly installation: string;
  /** Made for a demonstration: its ledger's key is worth nothing, and every verdict says so. */
  readonly throwAway: boolean;
}

/** Opens the home at `root` (absolute) and writes nothing; null when there is none. A newer layout is `HOME/NEWER`. */
export async function readHome(store: Store, root: string): Promise<Home | null> {
  const paths = homePaths(root);
  const bytes = await store.read.file(paths.home, MAX_HOME_BYTES);
  if (bytes === null) return null;
  const content = parseJsonBytes(bytes);
  const version = versionSchema.safeParse(content);
  if (version.success && version.data.waybillHome > HOME_VERSION) throw newer(root, version.data.waybillHome);
  const parsed = homeSchema.safeParse(content);
  if (!parsed.success) throw unreadable(paths.home);
  return { paths, installation: parsed.data.installation, throwAway: parsed.data.throwAway ?? false };
}

/** Opens the home at `root`, or makes it, with its folders. An existing home stays what it is, throw-away or not. */
export async function openHome(
  store: Store,
  root: string,
  options: { readonly throwAway?: boolean } = {},
): Promise<Home> {
  const existing = await readHome(store, root);
  try {
    await makeFolders(store, homePaths(root));
    return existing ?? (await makeHome(store, root, options.throwAway ?? false));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SPOOL/FOLDER_UNWRITABLE') throw error;
    throw appError('HOME/UNWRITABLE', {
      message: `The home ${root} cannot be written.`,
      remedy: 'Choose another one with --home or WAYBILL_HOME, or have its rights changed.',
      context: { path: root },
      cause: error,
    });
  }
}

async function makeFolders(store: Store, paths: HomePaths): Promise<void> {
  const { root, vaultFolder, keysFolder, ledgerFolder, runsFolder, logsFolder } = paths;
  for (const folder of [root, vaultFolder, keysFolder, ledgerFolder, runsFolder, logsFolder]) {
    await store.makeFolder(folder);
  }
}

/** Of two processes that make the same home at once, one wins and both use its result. */
async function makeHome(store: Store, root: string, throwAway: boolean): Promise<Home> {
  const paths = homePaths(root);
  const content = { waybillHome: HOME_VERSION, installation: randomUUID(), ...(throwAway ? { throwAway } : {}) };
  const draft = `${paths.home}.${content.installation}.new`;
  await store.replace(draft, utf8(`${JSON.stringify(content, null, 2)}\n`));
  try {
    await store.renameNew(draft, paths.home);
  } catch (error) {
    await store.remove(draft);
    if (!(error instanceof AppError) || error.code !== 'SPOOL/EXISTS') throw error;
  }
  const made = await readHome(store, root);
  if (made === null) throw unreadable(paths.home);
  return made;
}

function newer(root: string, version: number): AppError {
  return appError('HOME/NEWER', {
    message: `The home ${root} has layout ${version}; this program knows layouts up to ${HOME_VERSION}.`,
    remedy: 'Use the version of Waybill that made it, or a newer one; a home is never converted down.',
    context: { path: root, version },
  });
}

function unreadable(path: string): AppError {
  return appError('HOME/UNREADABLE', {
    message: `The file ${path} does not describe a Waybill home.`,
    remedy: 'Restore it from a backup, or choose another home with --home.',
    context: { path },
  });
}
