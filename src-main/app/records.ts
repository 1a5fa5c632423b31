import { z } from 'zod';
import type { JsonDocument } from '../store/documents.ts';

/** A small collection of named records in a home, each change atomic and durable. */
export type RecordFile<T> = JsonDocument<Record<string, T>>;

/** Who said that a host key is the right one: a flag, a known_hosts file, or a person who compared it. */
const hostKeySource = z.enum(['option', 'known_hosts', 'person']);
export type HostKeySource = z.infer<typeof hostKeySource>;

/** What is kept of a server whose identity is pinned, beside its options. */
const pinnedParts = {
  secrets: z.array(z.enum(['password', 'passphrase'])),
  /** There as long as the ledger does not say that the host key was accepted: it was saved before the ledger. */
  hostKeyUntold: hostKeySource.optional(),
};

const tunnelRecord = z.strictObject({ options: z.record(z.string(), z.unknown()), ...pinnedParts });
export type TunnelRecord = z.infer<typeof tunnelRecord>;

export const connectionRecord = z.strictObject({
  connector: z.string(),
  options: z.record(z.string(), z.unknown()),
  production: z.boolean(),
  /** Its colour on screens; absent: grey, red where it is a production one. */
  color: z.enum(['red', 'amber', 'green', 'blue', 'violet', 'grey']).optional(),
  /** Where its password is; absent: none was given. */
  secret: z.enum(['keychain', 'passphrase', 'session']).optional(),
  /** The server that it is reached through; absent: straight. */
  tunnel: tunnelRecord.optional(),
  /** Where the passphrase is that opens the key of its client certificate; absent: none was given. */
  keySecret: z.enum(['keychain', 'passphrase', 'session']).optional(),
  /** Another one each time that a person saves the connection: what was learnt of it before may not hold any more. */
  revision: z.string().optional(),
});
export type ConnectionRecord = z.infer<typeof connectionRecord>;

export const targetRecord = z.strictObject({
  type: z.string(),
  options: z.record(z.string(), z.unknown()),
  ...pinnedParts,
});
export type TargetRecord = z.infer<typeof targetRecord>;

export const keyRecord = z.strictObject({
  fingerprint: z.string(),
  created: z.string(),
  destroyed: z.string().optional(),
});
export type KeyRecord = z.infer<typeof keyRecord>;

/** All records of a home. */
export interface Records {
  readonly connections: RecordFile<ConnectionRecord>;
  readonly targets: RecordFile<TargetRecord>;
  readonly keys: RecordFile<KeyRecord>;
}

/** Names people give: they become part of file names, flags and plans. */
export const RECORD_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
