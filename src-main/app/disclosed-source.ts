import type { DisclosedSource } from '../engine/package/descriptor.ts';
import type { ServerFacts } from '../ports/connector.ts';
import type { OpenConnection } from './connections.ts';

/** What the descriptor says of the source, when the plan discloses it: no port, no local path, never a secret. */
export function disclosedSource({ record }: OpenConnection, facts: ServerFacts): DisclosedSource {
  const { host } = record.options;
  const { product, version, database, user } = facts;
  // A path is the socket of one machine, which tells nobody else anything.
  const reached = typeof host === 'string' && !/[\\/]/.test(host) ? { host } : {};
  return { product, version, ...reached, database, user };
}
