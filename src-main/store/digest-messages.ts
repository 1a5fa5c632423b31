/** To the hashing thread. */
export interface DigestOrder {
  /** Which digest; the first bytes begin it. */
  readonly digest: number;
  /** Bytes in shared memory, hashed where they lie; or what else is to be done. */
  readonly what: Uint8Array | 'finish' | 'drop';
}

/** From it: one for each `Uint8Array` and each `finish`, in their order. */
export interface DigestAnswer {
  readonly digest: number;
  /** Hex after `finish`; null: the bytes are taken in. */
  readonly sha256: string | null;
}
