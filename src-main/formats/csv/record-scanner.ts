/** Counts the records of a file from its bytes; each implementation for one family of profiles. */
export interface RecordScanner {
  /** Whole records so far. */
  readonly records: number;
  push(chunk: Uint8Array): void;
  /** The file ends here: throws unless the last record is whole. */
  finish(): void;
}
