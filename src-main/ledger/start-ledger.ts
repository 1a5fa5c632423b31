import { isAppError, appError } from '../../src-shared/errors/app-error.ts';
import { openCheckpoint } from '../../src-shared/proof/checkpoint.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import type { LedgerWriter } from '../ports/ledger.ts';
import { createLedger, finishLedger, type NewLedger } from './create-ledger.ts';
import { lockCreation } from './creation-lock.ts';
import { currentLedger, ledgerFolders, type KnownLedger } from './current-ledger.ts';
import { ledgerAbsent } from './errors.ts';
import type { LedgerHome } from './ledger-home.ts';
import { ledgerPaths, originHash } from './ledger-paths.ts';
import { nodePrimitives } from './node-primitives.ts';
import { openKnownLedger, openLedger, placeOf } from './open-ledger.ts';
import { MAX_CHECKPOINT_BYTES } from './read-committed.ts';

export interface LedgerStart {
  /** Origin of the home's present ledger, which from now on is only verified. Needed when there is one. */
  readonly after?: string;
  /** Domain of the owner. */
  readonly org?: string;
}

/**
 * Starts a new ledger in a home. With `after`, the present ledger is closed by a last entry when its key can still be
 * used, and kept; the first entry of the new one names it and its last checkpoint.
 */
export async function startLedger(home: LedgerHome, start: LedgerStart): Promise<LedgerWriter> {
  {
    using _held = await lockCreation(home);
    await finishLedger(home);
    const current = await currentLedger(placeOf(home));
    await checkStart(home, current, start.after);
    if (current !== null) await closeLedger(home, current);
    const after = start.after === undefined ? undefined : await lastWords(home, current, start.after);
    const wish: NewLedger = { ...(start.org === undefined ? {} : { org: start.org }), ...(after ? { after } : {}) };
    await createLedger(home, wish);
  }
  return await openLedger(home);
}

async function checkStart(home: LedgerHome, current: KnownLedger | null, after: string | undefined): Promise<void> {
  if (current !== null && after === undefined) {
    throw appError('LEDGER/EXISTS', {
      message: `This home has the ledger ${current.key.name}.`,
      remedy: `To end it and start another, give \`--after ${current.key.name}\`.`,
      context: { origin: current.key.name },
    });
  }
  if (after === undefined || current?.key.name === after) return;
  // Where the public key is lost too, the name of the folder is all that tells which ledger was here.
  const orphans = current === null ? await ledgerFolders(placeOf(home)) : [];
  if (!orphans.includes(originHash(after))) throw ledgerAbsent(home.ledgerFolder, after);
}

/** A ledger whose key is lost or that is damaged cannot be closed: it stays as it is. */
async function closeLedger(home: LedgerHome, current: KnownLedger): Promise<void> {
  try {
    const ledger = await openKnownLedger(home, current);
    await ledger.append('ledger.closed', { outcome: 'success' });
  } catch (error) {
    const stays = (['LEDGER/KEY_LOST', 'LEDGER/BROKEN', 'LEDGER/TRUNCATED'] as const).some((code) =>
      isAppError(error, code),
    );
    if (!stays) throw error;
  }
}

async function lastWords(
  home: LedgerHome,
  current: KnownLedger | null,
  origin: string,
): Promise<{ origin: string; checkpoint: string | null }> {
  if (current === null) return { origin, checkpoint: null };
  const note = await home.store.read.file(ledgerPaths(current.folder).checkpoint, MAX_CHECKPOINT_BYTES);
  const holds = note !== null && openCheckpoint(nodePrimitives, note, [current.key]).ok;
  return { origin, checkpoint: holds ? (fromUtf8(note) ?? null) : null };
}
