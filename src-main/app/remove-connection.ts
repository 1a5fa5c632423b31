import { openForRemoval, removeSecrets, type RemovedSecrets } from './remove-secrets.ts';
import { connectionEntry } from './connection-entry.ts';
import { connectionRecordOf, secretNamesOf } from './connections.ts';
import type { Core } from './core.ts';
import { lockRecords } from './lock-records.ts';

export interface RemovedConnection extends RemovedSecrets {
  /** A secret was stored with it. */
  readonly hadSecret: boolean;
  /** One of them was its tunnel's. */
  readonly hadTunnelSecret: boolean;
  /** The ledger says that it was removed, or there is none yet. */
  readonly recorded: boolean;
}

/**
 * Removes a connection and its secrets, and makes sure that they are gone. With `forget` it goes even if the
 * vault does not open; what is left there is in the result.
 */
export async function removeConnection(
  core: Core,
  name: string,
  how: { readonly forget: boolean } = { forget: false },
): Promise<RemovedConnection> {
  const leaving = { what: `The connection ${name}`, forget: how.forget };
  const secrets = secretNamesOf(name, await connectionRecordOf(core, name));
  const journal = await openForRemoval(core, { ...leaving, secrets });
  using _alone = await lockRecords(core, core.home.connections);
  const record = await connectionRecordOf(core, name);
  const result = await removeSecrets(core, { ...leaving, secrets: secretNamesOf(name, record) });
  await core.records.connections.update((all) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)),
  );
  await journal?.('connection.removed', {
    ...connectionEntry(name, record),
    ...(result.left.length === 0 ? {} : { secretLeft: result.left }),
  });
  return {
    ...result,
    hadSecret: secretNamesOf(name, record).length > 0,
    hadTunnelSecret: (record.tunnel?.secrets ?? []).length > 0,
    recorded: journal !== null,
  };
}
