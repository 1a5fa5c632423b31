import type { Clock } from '../ports/clock.ts';
import type { Locks } from '../ports/lock.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';

/** Who and what writes: part of every entry. */
export interface LedgerFacts {
  readonly actor: { readonly osUser: string };
  readonly app: { readonly version: string; readonly build: string };
  readonly host: { readonly name: string; readonly os: string; readonly ip: readonly string[] };
  /** Names the boot that the monotonic clock counts from; null where the system does not say. */
  readonly boot: string | null;
}

/** The home whose ledger is meant, and everything that writing to it needs. */
export interface LedgerHome {
  readonly store: Store;
  readonly locks: Locks;
  readonly clock: Clock;
  /** Holds the passphrase of the ledger's key, under `ledger/<hash>`. */
  readonly vault: Pick<Vault, 'get' | 'set'>;
  /** Absolute folder that holds one folder per ledger. */
  readonly ledgerFolder: string;
  /** Absolute folder of the key files. */
  readonly keysFolder: string;
  /** UUID of the installation. */
  readonly installation: string;
  /** A ledger made here is marked throw-away in its first entry. */
  readonly throwAway: boolean;
  readonly facts: LedgerFacts;
  /** How long an append waits for other processes; 30 s by default. */
  readonly lockTimeoutMs?: number;
}
