import { defaultTlsMode } from '../../src-shared/model/tls-mode.ts';
import type { Core } from './core.ts';
import type { ConnectionRecord, TunnelRecord } from './records.ts';
import { throughOf } from './tunnels.ts';

/** A saved connection as lists show it. */
export interface ListedConnection extends Omit<ConnectionRecord, 'secret' | 'keySecret' | 'revision' | 'tunnel'> {
  readonly name: string;
  /** Where its password is; null: none is stored. */
  readonly secret: ConnectionRecord['secret'] | null;
  /** Where the passphrase of its client key is; null: none is stored. */
  readonly keySecret: ConnectionRecord['keySecret'] | null;
  /** The mode in force, named or not; null: it is no connection over a network. */
  readonly tls: string | null;
  /** The server it leads through; null: it is reached straight. */
  readonly tunnel: (Pick<TunnelRecord, 'options' | 'secrets'> & { readonly through: string }) | null;
}

/** All saved connections, in the order of their names; without secrets. */
export async function listConnections(core: Core): Promise<readonly ListedConnection[]> {
  const all = await core.records.connections.read();
  return Object.entries(all)
    .map(([name, { revision: _revision, tunnel, ...record }]) => ({
      ...{ name, ...record, secret: record.secret ?? null, keySecret: record.keySecret ?? null },
      tls: modeOf(core, record),
      tunnel:
        tunnel === undefined
          ? null
          : { through: throughOf(core, tunnel), options: tunnel.options, secrets: tunnel.secrets },
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function modeOf(core: Core, { connector, options }: ConnectionRecord): string | null {
  if (core.registries.connectors.get(connector)?.traits.network !== true) return null;
  const { tls, cert, service } = options;
  const host = options['host'] ?? options['socket'];
  if (typeof tls === 'string') return tls;
  // A service may name the host, and how it is encrypted.
  if (typeof host !== 'string' && service !== undefined) return 'by service';
  return defaultTlsMode(typeof host === 'string' ? host : '', typeof cert === 'string' ? cert : undefined);
}
