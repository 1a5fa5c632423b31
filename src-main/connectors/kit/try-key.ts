import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';

/** A private key that is open, or why it is not. */
export type TriedKey =
  { readonly key: KeyObject } | { readonly fault: 'no key' | 'locked' | 'another passphrase'; readonly cause: Error };

/** What to do where the secret of a key is not there, or is another one. */
export const STORE_IT = 'on the command line: waybill connection password NAME --key-passphrase-stdin.';

/** What the library says of a key that is locked and was given no passphrase. */
const LOCKED = new Set(['ERR_MISSING_PASSPHRASE', 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED']);
const IS_LOCKED = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/;

/** Opens a private key in PEM form. */
export function tryKey(pem: string, passphrase: SecretText | null): TriedKey {
  try {
    return { key: createPrivateKey({ key: pem, ...(passphrase === null ? {} : { passphrase: passphrase.reveal() }) }) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    // Not the library's own error, which may quote what it was given.
    const cause = new Error(code === '' ? 'the key does not open' : code);
    if (!IS_LOCKED.test(pem) && !LOCKED.has(code)) return { fault: 'no key', cause };
    return { fault: passphrase === null ? 'locked' : 'another passphrase', cause };
  }
}
