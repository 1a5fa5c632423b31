import { openForRemoval, removeSecrets, type RemovedSecrets } from './remove-secrets.ts';
import { connectionEntry } from './connection-entry.ts';
import { connectionRecordOf, secretName } from './connections.ts';
import type { Core } from './core.ts';
import { lockRecords } from './lock-records.ts';
import type { ConnectionRecord } from './records.ts';
import { tunnelSecretName } from './tunnels.ts';

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
  const secretsOf = ({ secret, tunnel }: ConnectionRecord) => [
    ...(secret === undefined ? [] : [secretName(name)]),
    ...(tunnel?.secrets ?? []).map((kind) => tunnelSecretName(name, kind)),
  ];
  const leaving = { what: `The connection ${name}`, forget: how.forget };
  const secrets = secretsOf(await connectionRecordOf(core, name));
  const journal = await openForRemoval(core, { ...leaving, secrets });
  using _alone = await lockRecords(core, core.home.connections);
  const record = await connectionRecordOf(core, name);
  const result = await removeSecrets(core, { ...leaving, secrets: secretsOf(record) });
  await core.records.connections.update((all) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)),
  );
  await journal?.('connection.removed', {
    ...connectionEntry(name, record),
    ...(result.left.length === 0 ? {} : { secretLeft: result.left }),
  });
  return {
    ...result,
    hadSecret: secretsOf(record).length > 0,
    hadTunnelSecret: (record.tunnel?.secrets ?? []).length > 0,
    recorded: journal !== null,
  };
}
