import type { SecretText } from '../../src-shared/model/secret-text.ts';

export type VaultBackendId = 'keychain' | 'passphrase' | 'session';

/** What holds the secrets, in words that can be shown. */
export interface VaultBackendFacts {
  readonly id: VaultBackendId;
  /** e.g. `Secret Service (org.freedesktop.secrets)`. */
  readonly title: string;
  /** What protects them, one sentence. */
  readonly protection: string;
  /** Survives the end of this process. */
  readonly durable: boolean;
}

/**
 * One place for secrets. Names are `<kind>/<name>`. Every call ends within its timeout; a keychain that waits for a
 * person ends in `VAULT/LOCKED`. What cannot be read is reported, never deleted.
 */
export interface VaultBackend {
  readonly facts: VaultBackendFacts;
  /** null: the backend answered that there is no such secret. */
  get(name: string): Promise<SecretText | null>;
  /** Stores and reads back; resolves only when the read gave the same. */
  set(name: string, secret: SecretText): Promise<void>;
  /** Removes and reads back that it is gone; true when it was there. */
  remove(name: string): Promise<boolean>;
}

/** The vault of a home: which backend holds which secret. */
export interface Vault {
  /** Where secrets of this kind go when nothing else is said; throws `VAULT/LOCKED` with the way to go on. */
  backendFor(store?: VaultBackendId): Promise<VaultBackend>;
  get(name: string): Promise<SecretText | null>;
  set(name: string, secret: SecretText, store?: VaultBackendId): Promise<VaultBackendFacts>;
  remove(name: string): Promise<boolean>;
  /** Backends with the result of a write-read-delete test of each that can be opened now. */
  status(): Promise<readonly VaultStatus[]>;
}

export interface VaultStatus {
  readonly backend: VaultBackendFacts;
  /** `ready`: nothing is there yet, and what is needed to make it is at hand. */
  readonly state: 'works' | 'ready' | 'locked' | 'absent' | 'failed';
  /** One sentence when the state is not `works`. */
  readonly why?: string;
  /** Number of secrets of this home it holds, where known. */
  readonly secrets: number | null;
  /** What the test did, in order; only where the state is `works`. */
  readonly steps?: readonly VaultTestStep[];
}

/** One step of a write-read-delete test. */
export interface VaultTestStep {
  readonly step: 'write' | 'read' | 'delete' | 'read again';
  readonly ms: number;
}
