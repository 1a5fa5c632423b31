import { isAppError } from '../../src-shared/errors/app-error.ts';
import { currentLedger } from '../ledger/current-ledger.ts';
import { passphraseName } from '../ledger/ledger-key.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { TargetSession } from '../ports/target.ts';
import { errorFields } from '../store/log-fields.ts';
import type { Core } from './core.ts';
import type { HostKeySource, TargetRecord } from './records.ts';

/** A target as the ledger names it. */
interface Named {
  readonly name: string;
  readonly kind: string;
}

/** `hostkey.accepted`, right after a target was added; without a ledger it is told once there is one. */
export async function noteHostKeyAccepted(core: Core, { name, kind }: Named, record: TargetRecord): Promise<void> {
  if (record.hostKeyUntold === undefined || !(await hasLedger(core))) return;
  const ledger = await core.ledger();
  await ledger.append('hostkey.accepted', acceptedEntry({ name, kind }, record, record.hostKeyUntold));
  await core.records.targets.update((all) => {
    const now = ownValue(all, name);
    return now === undefined ? all : { ...all, [name]: told(now) };
  });
}

/**
 * Opens a target. A host key that changed goes into the ledger before the error goes on; one whose acceptance the ledger
 * has not heard of yet is told now. Neither stops what is being done: a delivery is written down by itself, and needs its ledger.
 */
export async function openNotingHostKey(
  core: Core,
  { name, record }: { name: string; record: TargetRecord },
  open: () => Promise<TargetSession>,
): Promise<TargetSession> {
  const target = { name, kind: record.type };
  try {
    const session = await open();
    await unlessAsked(core, () => noteHostKeyAccepted(core, target, record));
    return session;
  } catch (error) {
    await noteHostKeyChanged(core, target, error);
    throw error;
  }
}

/** `hostkey.changed` when that is what the error says. */
export async function noteHostKeyChanged(core: Core, { name, kind }: Named, error: unknown): Promise<void> {
  if (!isAppError(error, 'TARGET/HOST_KEY_CHANGED')) return;
  const { host, port, hostKey, expected } = error.context;
  await unlessAsked(core, async () => {
    const ledger = await core.ledger();
    // Nothing of this is proven but that it was shown: the trusted key stays the one that was trusted.
    await ledger.append('hostkey.changed', {
      outcome: 'denied',
      target: name,
      destination: { kind, hostKey: expected ?? null },
      shown: { host: `${String(host)}:${String(port)}`, hostKey: hostKey ?? null },
    });
  });
}

function acceptedEntry({ name, kind }: Named, { options }: TargetRecord, by: HostKeySource): Record<string, unknown> {
  return {
    outcome: 'success',
    target: name,
    destination: { kind, hostKey: options['hostKey'] ?? null },
    acceptedBy: by,
  };
}

function told({ hostKeyUntold: _told, ...record }: TargetRecord): TargetRecord {
  return record;
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
