import { appError, isAppError, type AppError } from '../../src-shared/errors/app-error.ts';
import type { VaultBackendId } from '../ports/vault.ts';
import { openJournal, openJournalUnasked, type Journal } from './change-journal.ts';
import type { Core } from './core.ts';

/** What became of the secrets of a record that was removed. */
export interface RemovedSecrets {
  /** Deleted, and read back as gone. */
  readonly removed: number;
  /** Backends that may still hold what was not deleted. */
  readonly left: readonly VaultBackendId[];
}

/** A record on its way out. */
export interface Leaving {
  /** As people call it: `The connection shop`. */
  readonly what: string;
  /** Names of its secrets in the vault. */
  readonly secrets: readonly string[];
  /** It goes even if its secrets cannot be deleted. */
  readonly forget: boolean;
}

/**
 * Opens all that a removal needs, since that may have to wait for a person: the vault, and the journal. null: the ledger
 * cannot be opened, and the record is to go all the same.
 */
export async function openForRemoval(core: Core, leaving: Leaving): Promise<Journal | null> {
  if (leaving.forget) return openJournalUnasked(core);
  try {
    const vault = await core.vault();
    const held = (await vault.list()).filter(({ name }) => leaving.secrets.includes(name));
    for (const { backend } of held) await vault.backendFor(backend);
    return await openJournal(core);
  } catch (error) {
    throw withWayOut(error, leaving);
  }
}

/** Deletes secrets and reads back that they are gone. With `forget`, one whose vault does not open is given up instead. */
export async function removeSecrets(core: Core, leaving: Leaving): Promise<RemovedSecrets> {
  const vault = await core.vault();
  let removed = 0;
  const left = new Set<VaultBackendId>();
  for (const name of leaving.secrets) {
    const gone = leaving.forget ? await removeIfOpen(core, name) : await removeOrTell(core, name, leaving);
    if (gone === null) for (const backend of await vault.forget(name)) left.add(backend);
    if (gone === true) removed += 1;
  }
  return { removed, left: [...left] };
}

async function removeOrTell(core: Core, name: string, leaving: Leaving): Promise<boolean> {
  try {
    return await (await core.vault()).remove(name);
  } catch (error) {
    throw withWayOut(error, leaving);
  }
}

/** null: the vault does not open without a person, or not at all. */
async function removeIfOpen(core: Core, name: string): Promise<boolean | null> {
  const vault = await core.vault();
  if (!(await vault.opensUnasked(name))) return null;
  try {
    return await vault.remove(name);
  } catch (error) {
    if (isClosed(error)) return null;
    throw error;
  }
}

function withWayOut(error: unknown, { what, secrets }: Leaving): unknown {
  if (!isClosed(error)) return error;
  const stays = secrets.length === 0 ? 'and the ledger is not told' : 'and its secret stays sealed in the vault';
  return appError(error.code, {
    message: `${what} was not removed. ${error.message}`,
    remedy: `${error.remedy ?? ''} Or add --forget-secret: then it goes, ${stays}.`.trimStart(),
    context: error.context,
    cause: error,
  });
}

function isClosed(error: unknown): error is AppError {
  return isAppError(error) && error.code.startsWith('VAULT/');
}
