import type { SumsFound, SumsWanted } from './sums.ts';

/** To the hashing thread. */
export interface DigestOrder {
  /** Which digest. */
  readonly digest: number;
  /** What it is to come to; the first order says it. */
  readonly wanted: SumsWanted | null;
  /** Bytes in shared memory, looked at where they lie; or what else is to be done. */
  readonly what: Uint8Array | 'finish' | 'drop';
}

/** From it: one for each `Uint8Array` and each `finish`, in their order. */
export interface DigestAnswer {
  readonly digest: number;
  /** After `finish`; null: the bytes are taken in. */
  readonly sums: SumsFound | null;
}
