/** SHA-256 of whole files, off the thread that talks to people. */
export interface FileDigester {
  /** Hex digest and length of the file as it is on disk now, opened anew. Aborting rejects with the signal's reason. */
  digest(path: string, signal: AbortSignal): Promise<{ readonly sha256: string; readonly bytes: number }>;
}
