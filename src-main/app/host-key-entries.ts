import { isAppError } from '../../src-shared/errors/app-error.ts';
import { currentLedger } from '../ledger/current-ledger.ts';
import { passphraseName } from '../ledger/ledger-key.ts';
import { errorFields } from '../store/log-fields.ts';
import type { Core } from './core.ts';
import type { HostKeySource } from './records.ts';

/** A server whose key is pinned, as the ledger speaks of it. */
export interface Pinned {
  /** What an entry says of it and of a key: which target or connection, and by what kind of way. */
  readonly entry: (hostKey: unknown) => Record<string, unknown>;
  /** Whether the ledger may say where a key was shown. */
  readonly namesPlace: boolean;
  readonly hostKey: unknown;
  /** Who accepted the key, while the ledger has not heard of it. */
  readonly untold: HostKeySource | undefined;
  /** The ledger has heard of it now. */
  readonly told: (core: Core) => Promise<void>;
}

/** `hostkey.accepted`, right after the record was saved; without a ledger it is told once there is one. */
export async function noteHostKeyAccepted(core: Core, pinned: Pinned): Promise<void> {
  if (pinned.untold === undefined || !(await hasLedger(core))) return;
  const ledger = await core.ledger();
  await ledger.append('hostkey.accepted', {
    outcome: 'success',
    ...pinned.entry(pinned.hostKey ?? null),
    acceptedBy: pinned.untold,
  });
  await pinned.told(core);
}

/**
 * Opens what is pinned. A host key that changed goes into the ledger before the error goes on; one whose acceptance the
 * ledger has not heard of yet is told now. Neither stops what is being done: a delivery or an export is written down by
 * itself, and needs its ledger.
 */
export async function openNotingHostKey<T>(core: Core, pinned: Pinned, open: () => Promise<T>): Promise<T> {
  try {
    const opened = await open();
    await unlessAsked(core, () => noteHostKeyAccepted(core, pinned));
    return opened;
  } catch (error) {
    await noteHostKeyChanged(core, pinned, error);
    throw error;
  }
}

/** `hostkey.changed` when that is what the error says. */
export async function noteHostKeyChanged(
  core: Core,
  { entry, namesPlace }: Pick<Pinned, 'entry' | 'namesPlace'>,
  error: unknown,
): Promise<void> {
  if (!isAppError(error, 'TARGET/HOST_KEY_CHANGED') && !isAppError(error, 'TUNNEL/HOST_KEY_CHANGED')) return;
  const { host, port, hostKey, expected } = error.context;
  await unlessAsked(core, async () => {
    const ledger = await core.ledger();
    const place = namesPlace ? { host: `${String(host)}:${String(port)}` } : {};
    // Nothing of this is proven but that it was shown: the trusted key stays the one that was trusted.
    await ledger.append('hostkey.changed', {
      outcome: 'denied',
      ...entry(expected ?? null),
      shown: { ...place, hostKey: hostKey ?? null },
    });
  });
}

/** Where there is a ledger that opens without a person being asked. What fails is logged; more important things go on. */
async function unlessAsked(core: Core, note: () => Promise<void>): Promise<void> {
  try {
    const { ledgerFolder, keysFolder } = core.home;
    const known = await currentLedger({ reader: core.store.read, ledgerFolder, keysFolder });
    if (known === null || !(await (await core.vault()).opensUnasked(passphraseName(known.key.name)))) return;
    await note();
  } catch (error) {
    core.log.warn('hostkey.untold', errorFields(error));
  }
}

async function hasLedger(core: Core): Promise<boolean> {
  return ((await core.store.read.list(core.home.ledgerFolder)) ?? []).length > 0;
}
