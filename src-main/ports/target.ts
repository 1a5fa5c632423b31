import type { z } from 'zod';
import type { SecretText } from '../../src-shared/model/secret-text.ts';

export interface TargetSecrets {
  readonly password: SecretText | null;
  /** Passphrase of a private key. */
  readonly passphrase: SecretText | null;
}

export interface TargetContext {
  readonly signal: AbortSignal;
}

/** A place packages are delivered to. */
export interface Target<Options = unknown> {
  readonly id: string;
  readonly title: string;
  readonly traits: {
    readonly network: boolean;
    /**
     * The peer has an identity that must be pinned before anything is sent: its options have `hostKey`. Without one, and
     * not known otherwise, `open` sends no secret and throws `TARGET/HOST_KEY_UNKNOWN` with `hostKey` in its context.
     */
    readonly pinned: boolean;
  };
  /** Options without secrets, each with `.meta({ title, flag })`. */
  readonly options: z.ZodType<Options>;
  open(options: Options, secrets: TargetSecrets, context: TargetContext): Promise<TargetSession>;
}

export interface TargetFacts {
  /** Where this is, for people and the ledger: `sftp://user@host:22/path`. */
  readonly uri: string;
  /** The peer's key fingerprint, where it has one. */
  readonly hostKey: string | null;
  /** Whether the system says that we may write at the root; null: only a write would tell. */
  readonly writable: boolean | null;
}

/**
 * One live use of a target. Paths are relative to the target's root, `/` between parts, never `..`. Errors: TARGET/*.
 * Everything written is 0600/0700 where the other side has modes.
 */
export interface TargetSession extends AsyncDisposable {
  readonly facts: TargetFacts;
  stat(path: string): Promise<{ readonly kind: 'file' | 'folder' | 'other'; readonly size: number } | null>;
  makeFolder(path: string): Promise<void>;
  /** Writes a new file from `source` (blocks in order), with pipelined writes; resolves when the peer has acknowledged all. */
  write(path: string, source: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Promise<void>;
  /** Content in blocks, for reading back. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** Never replaces: an existing `to` is `TARGET/EXISTS`. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}
