/**
 * One way to make bytes smaller. What it makes is cut into members that each stand alone: any number of them, one behind the
 * other, are one file that the usual programs unpack (RFC 1952 §2.2, RFC 8878 §3).
 */
export interface Compression {
  /**
   * The block as one member, with a checksum of what was in it. Several may be made at once, off this thread; a block is looked
   * into until its promise has settled.
   */
  compress(block: Uint8Array): Promise<Member>;
  /** Unpacks such a file as it comes; `take` gets what was in it, in order, to be used before it returns. */
  unpacker(take: (bytes: Uint8Array) => void): Unpacker;
}

/** Its pieces, one behind the other, are nobody's once it is disposed of. */
export interface Member extends Disposable {
  readonly pieces: readonly Uint8Array[];
}

/** Finish it or close it. */
export interface Unpacker {
  /** Takes the next bytes of a file in; in the order of the calls; they may be used again when the promise has settled. */
  push(bytes: Uint8Array): Promise<void>;
  /** The file ends here, and everything in it has been given. Rejects when it is cut off or damaged, as `push` does. */
  finish(): Promise<void>;
  /** Not needed any more. Fine twice. */
  close(): void;
}
