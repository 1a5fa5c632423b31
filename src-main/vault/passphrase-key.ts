import { createHmac, createSecretKey, scrypt, type KeyObject } from 'node:crypto';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import { passphraseEmpty } from './errors.ts';

/** Cost of version 1; a document with any other is refused, so that a file cannot make us spend gigabytes. */
export const SCRYPT = { N: 2 ** 17, r: 8, p: 1 } as const;

// RFC 7914 §2: the working set is 128 * N * r bytes (128 MiB); Node's default limit is below that.
const MAX_MEMORY_BYTES = 160 * 1024 * 1024;

/** Two keys from one passphrase: one seals, the other shows that the passphrase was the right one. */
export interface PassphraseKey {
  readonly seal: KeyObject;
  readonly check: KeyObject;
}

/** scrypt (RFC 7914) of the passphrase in NFC: what is typed as ü on one system may be u + ¨ on another. */
export async function derivePassphraseKey(passphrase: SecretText, salt: Uint8Array): Promise<PassphraseKey> {
  if (passphrase.reveal() === '') throw passphraseEmpty();
  const password = Buffer.from(passphrase.reveal().normalize('NFC'), 'utf8');
  try {
    const bytes = await stretch(password, salt);
    const key = { seal: createSecretKey(bytes.subarray(0, 32)), check: createSecretKey(bytes.subarray(32)) };
    bytes.fill(0);
    return key;
  } finally {
    password.fill(0);
  }
}

/** What a right passphrase computes from the salt and the purpose of the document. */
export function checkValue(key: PassphraseKey, purpose: string, salt: Uint8Array): Buffer {
  return createHmac('sha256', key.check).update(`${purpose}\n`).update(salt).digest();
}

function stretch(password: Uint8Array, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 64, { ...SCRYPT, maxmem: MAX_MEMORY_BYTES }, (error, bytes) => {
      if (error === null) resolve(bytes);
      else reject(error);
    });
  });
}
