import type { ConnectionRecord } from './records.ts';

/** What the ledger says of a connection: which one it is, and not where it leads. */
export function connectionEntry(name: string, record: ConnectionRecord): Record<string, unknown> {
  return { connection: name, connector: record.connector, production: record.production };
}
