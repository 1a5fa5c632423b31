/** SHA-256, off the thread that talks to people. */
export interface FileDigester {
  /** Hex digest and length of the file as it is on disk now, opened anew. Aborting rejects with the signal's reason. */
  digest(path: string, signal: AbortSignal): Promise<{ readonly sha256: string; readonly bytes: number }>;
  /** A digest of bytes as they come. Finish it or drop it. */
  begin(): RunningDigest;
  /** For a file that is read again while it is written. */
  beginPair(): DigestPair;
}

/** Takes bytes in, and says at their end what they come to. */
export interface Running<Sum> {
  /**
   * Takes bytes in, in the order of the calls; they may be used again when the promise has resolved. Those in shared memory
   * can be looked at where they lie, by another thread.
   */
  update(bytes: Uint8Array): Promise<void>;
  /** Nothing is taken in afterwards. */
  finish(): Promise<Sum>;
  /** Not needed after all. Fine after `finish`, and twice. */
  drop(): void;
}

/** SHA-256, hex. */
export type RunningDigest = Running<string>;

/**
 * The digest of what is written, and whether what is read again is that: both go through a keyed check under a secret of
 * their own that is never written down, which costs a twentieth of a digest. Other bytes pass it with a chance of less than
 * one in 2^90, also those that somebody chose (docs/adr/0021).
 */
export interface DigestPair {
  readonly written: RunningDigest;
  /** `finish` it after the other one. */
  readonly again: Running<boolean>;
}
