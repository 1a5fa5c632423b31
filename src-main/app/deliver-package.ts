import { basename } from 'node:path';
import { isAppError, toAppError } from '../../src-shared/errors/app-error.ts';
import type { LedgerPosition } from '../ports/ledger.ts';
import type { TargetSession } from '../ports/target.ts';
import { errorFields } from '../store/log-fields.ts';
import { checkPackage, type CheckedPackage } from './check-package.ts';
import type { Core } from './core.ts';
import { lockDelivery } from './lock-delivery.ts';
import { sendFiles, type DeliveryEvent } from './send-files.ts';
import { openTarget, targetRecordOf } from './targets.ts';

export interface DeliverRequest {
  /** Absolute path of the package's folder. */
  readonly folder: string;
  /** Name of a saved target. */
  readonly target: string;
  /** Folder below the target's root, `/` between its parts; made when it is missing. Default: the root. */
  readonly path?: string;
  /** A package that lacks tables is wanted all the same. */
  readonly incomplete: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DeliveryEvent) => void;
}

/** What `deliver --json` prints. */
export interface DeliveryResult {
  readonly package: string;
  readonly target: string;
  /** Where the package lies now. */
  readonly uri: string;
  readonly hostKey: string | null;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  /** The same package was there before: nothing was written. */
  readonly already: boolean;
  readonly ledger: { readonly seq: number; readonly size: number };
}

/**
 * Verifies a package, then sends it; one that is refused is written down, too. `delivery.started` is durable before the first byte is written; how it ended is
 * written down whatever it was. Each file is read back and compared; the descriptor comes last.
 */
export async function deliverPackage(core: Core, request: DeliverRequest): Promise<DeliveryResult> {
  const record = await targetRecordOf(core, request.target);
  const goods = await checkedGoods(core, request, record.type);
  const ledger = await core.ledger();
  const note = (type: string, place: Place | null, more: Record<string, unknown>): Promise<LedgerPosition> =>
    ledger.append(type, { ...entryOf(goods, { target: request.target, kind: record.type, place }), ...more });
  let place: Place | null = null;
  try {
    await using session = await openTarget(core, request.target, request.signal);
    const at = remoteFolder(request.path, goods.name);
    place = placeOf(session, at);
    using _alone = await lockDelivery(core, { target: request.target, uri: place.uri });
    await note('delivery.started', place, { outcome: 'success' });
    const { already } = await sendFiles({ core, session, goods, at, onEvent: request.onEvent });
    const type = already ? 'delivery.confirmed' : 'delivery.sent';
    const { seq, size } = await note(type, place, { outcome: 'success' });
    const files = goods.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
    return { package: goods.folder, target: request.target, ...place, files, already, ledger: { seq, size } };
  } catch (error) {
    const { code, kind } = toAppError(error);
    // A ledger that failed takes no further entry.
    if (code.startsWith('LEDGER/')) throw error;
    const unknown = isAppError(error, 'TARGET/OUTCOME_UNKNOWN');
    await note(unknown ? 'delivery.indeterminate' : 'delivery.failed', place, {
      outcome: kind === 'denied' ? 'denied' : 'failure',
      error: code,
    });
    throw error;
  }
}

/** The package, or why it may not leave. That somebody tried is evidence where there is a ledger to hold it. */
async function checkedGoods(core: Core, request: DeliverRequest, kind: string): Promise<CheckedPackage> {
  try {
    return await checkPackage(core, request.folder, request);
  } catch (error) {
    if (isAppError(error, 'PACKAGE/BROKEN') || isAppError(error, 'PACKAGE/INCOMPLETE')) {
      await noteRefusal(core, {
        target: request.target,
        package: basename(request.folder),
        destination: { kind, uri: null, hostKey: null },
        outcome: 'denied',
        error: error.code,
        findings: error.context['findings'] ?? null,
      });
    }
    throw error;
  }
}

async function noteRefusal(core: Core, entry: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    const known = (await core.store.read.list(core.home.ledgerFolder)) ?? [];
    if (known.length > 0) await (await core.ledger()).append('delivery.failed', entry);
  } catch (failure) {
    // Nothing leaves either way, and what is wrong with the package is what has to be told.
    core.log.warn('delivery.refusal_untold', errorFields(failure));
  }
}

interface Place {
  readonly uri: string;
  readonly hostKey: string | null;
}

/** Where the package's folder is to lie, below the target's root. */
function remoteFolder(path: string | undefined, name: string): string {
  const parts = (path ?? '').split('/').filter((part) => part !== '');
  return [...parts, name].join('/');
}

function placeOf({ facts }: TargetSession, at: string): Place {
  const below = at.split('/').map(encodeURIComponent).join('/');
  return { uri: `${facts.uri.replace(/\/$/, '')}/${below}`, hostKey: facts.hostKey };
}

function entryOf(
  { name, run, manifest, files }: CheckedPackage,
  { target, kind, place }: { target: string; kind: string; place: Place | null },
): Record<string, unknown> {
  return {
    correlation: run,
    target,
    package: name,
    // A target that did not open has no address that was proven.
    destination: { kind, uri: place?.uri ?? null, hostKey: place?.hostKey ?? null },
    volume: { bytes: files.reduce((sum, file) => sum + file.bytes, 0), files: files.length },
    manifest: { path: 'delivery.dsse.json', sha256: manifest },
  };
}
