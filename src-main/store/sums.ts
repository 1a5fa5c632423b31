import { createCipheriv, createHash, type CipherGCM, type Hash } from 'node:crypto';

/** What is wanted of bytes. */
export interface SumsWanted {
  readonly sha256: boolean;
  /** A secret of {@link SECRET_BYTES}; null: no check. */
  readonly secret: Uint8Array | null;
}

/** What bytes came to, in hex; null: not wanted. */
export interface SumsFound {
  readonly sha256: string | null;
  readonly check: string | null;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
export const SECRET_BYTES = KEY_BYTES + NONCE_BYTES;

/**
 * A digest of bytes, a keyed check of them, or both. The check is GMAC: AES-256-GCM of no message, with the bytes as additional
 * data. https://doi.org/10.6028/NIST.SP.800-38D
 */
export class Sums {
  readonly #hash: Hash | null;
  readonly #cipher: CipherGCM | null;

  constructor({ sha256, secret }: SumsWanted) {
    this.#hash = sha256 ? createHash('sha256') : null;
    this.#cipher = secret === null ? null : gmac(secret);
  }

  update(bytes: Uint8Array): void {
    this.#hash?.update(bytes);
    this.#cipher?.setAAD(bytes);
  }

  /** Once. */
  finish(): SumsFound {
    this.#cipher?.final();
    return {
      sha256: this.#hash?.digest('hex') ?? null,
      check: this.#cipher?.getAuthTag().toString('hex') ?? null,
    };
  }
}

function gmac(secret: Uint8Array): CipherGCM {
  return createCipheriv('aes-256-gcm', secret.subarray(0, KEY_BYTES), secret.subarray(KEY_BYTES, SECRET_BYTES));
}
