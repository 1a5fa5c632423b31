/** To the unpacking thread. */
export interface UnpackOrder {
  /** Which file; its first bytes begin it. */
  readonly file: number;
  /** The next bytes of the file; the place of a piece that has been taken; or what else is to be done. */
  readonly what: Uint8Array | { readonly taken: Uint8Array<SharedArrayBuffer> } | 'finish' | 'drop';
}

/** From it. */
export interface UnpackAnswer {
  readonly file: number;
  /**
   * A piece of what was in it, in shared memory that is given back with `taken`; or that an order is carried out: one for
   * each `Uint8Array` (behind its pieces) and each `finish`, in their order.
   */
  readonly what: Uint8Array<SharedArrayBuffer> | 'done' | Error;
}
