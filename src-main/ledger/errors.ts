import { AppError, appError } from '../../src-shared/errors/app-error.ts';
import { counted, isOrAre } from '../../src-shared/util/format-number.ts';

/** What the ledger holds is not what was signed. `seq`: the first entry that is known to be wrong. */
export function brokenLedger(folder: string, fact: string, seq?: number): AppError {
  return appError('LEDGER/BROKEN', {
    message: `The ledger in ${folder} is broken: ${fact}`,
    remedy:
      'Keep the folder as it is and compare it with a backup; start a new ledger with `waybill ledger new --after`.',
    context: { folder, seq: seq ?? null },
  });
}

export function truncatedLedger(folder: string, sizes: { readonly signed: number; readonly found: number }): AppError {
  const signed = counted(sizes.signed, 'entry');
  return appError('LEDGER/TRUNCATED', {
    message: `The ledger in ${folder} was cut: ${signed} ${isOrAre(sizes.signed)} signed, ${sizes.found} ${isOrAre(sizes.found)} there.`,
    remedy: 'Restore it from a backup, or start a new ledger with `waybill ledger new --after`; it is never repaired.',
    context: { folder, ...sizes },
  });
}

export function ledgerGone(folder: string): AppError {
  return appError('LEDGER/TRUNCATED', {
    message: `The folder ${folder}, where this home's ledger was, is gone.`,
    remedy: 'Restore it from a backup, or start a new ledger with `waybill ledger new --after`.',
    context: { folder },
  });
}

export function forkedLedger(folder: string): AppError {
  return appError('LEDGER/FORKED', {
    message: `The ledger in ${folder} does not continue the one this program was writing.`,
    remedy: 'Find out who exchanged it (a restored backup, a second copy) before anything else is exported.',
    context: { folder },
  });
}

export function ledgerKeyLost(origin: string, fact: string, cause?: unknown): AppError {
  return appError('LEDGER/KEY_LOST', {
    message: `The key of the ledger ${origin} cannot be used: ${fact}`,
    remedy: `If it cannot be had back, start a new ledger with \`waybill ledger new --after ${origin}\`; the old one stays for verification.`,
    context: { origin },
    ...(cause === undefined ? {} : { cause }),
  });
}

export function ledgerBusy(folder: string): AppError {
  return appError('LEDGER/BUSY', {
    message: `Another Waybill process keeps the ledger in ${folder} locked.`,
    remedy: 'Try again when the other process is done.',
    context: { folder },
  });
}

export function ledgerAbsent(folder: string, origin?: string): AppError {
  return appError('LEDGER/ABSENT', {
    message:
      origin === undefined ? `There is no ledger in ${folder} yet.` : `There is no ledger ${origin} in ${folder}.`,
    remedy:
      origin === undefined
        ? 'The first export makes it; to have it now: waybill ledger new'
        : 'See which ones there are: waybill ledger list',
    context: { folder, ...(origin === undefined ? {} : { origin }) },
  });
}

/** A failed append: what tells the caller how to go on keeps its code, the rest becomes the ledger's own failure. */
export function appendFailure(error: unknown, folder: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'SPOOL/WRITE_FAILED') return error;
  return writeFailure(folder, 'an entry could not be made durable', error);
}

export function writeFailure(folder: string, fact: string, cause?: unknown): AppError {
  return appError('LEDGER/WRITE_FAILED', {
    message: `Writing to the ledger in ${folder} failed: ${fact}.`,
    remedy: 'Check the volume, then start again; the ledger is examined when it is opened.',
    context: { folder },
    ...(cause === undefined ? {} : { cause }),
  });
}
