/** SHA-256, off the thread that talks to people. */
export interface FileDigester {
  /** Hex digest and length of the file as it is on disk now, opened anew. Aborting rejects with the signal's reason. */
  digest(path: string, signal: AbortSignal): Promise<{ readonly sha256: string; readonly bytes: number }>;
  /** A digest of bytes as they come. Finish it or drop it. */
  begin(): RunningDigest;
}

export interface RunningDigest {
  /**
   * Takes bytes in, in the order of the calls; they may be used again when the promise has resolved. Those in shared memory
   * can be hashed where they lie, by another thread.
   */
  update(bytes: Uint8Array): Promise<void>;
  /** Hex. Nothing is taken in afterwards. */
  finish(): Promise<string>;
  /** Not needed after all. Fine after `finish`, and twice. */
  drop(): void;
}
