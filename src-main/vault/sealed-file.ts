// A secret too large for a keychain entry, sealed under a key that is the entry. docs/spec/vault.md, "Sealed files".
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { fromBase64, toBase64 } from '../../src-shared/util/base64.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import { unreadable } from './errors.ts';

const MAGIC = 'waybill-sealed/1\n';
const ENTRY_PREFIX = 'waybill-sealed:1:';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

// A Windows credential holds 2,560 bytes; the margin is for what a keychain adds.
const PLAIN_LIMIT_BYTES = 2_000;

export interface SealKey {
  readonly bytes: Uint8Array;
}

/** Whether a secret must be sealed: too large, empty, cut at a NUL, not UTF-8, or like a sealed entry itself. */
export function mustSeal(secret: string): boolean {
  return (
    secret === '' ||
    secret.includes('\0') ||
    !secret.isWellFormed() ||
    secret.startsWith(ENTRY_PREFIX) ||
    Buffer.byteLength(secret) > PLAIN_LIMIT_BYTES
  );
}

export function newSealKey(): SealKey {
  return { bytes: randomBytes(32) };
}

/** The keychain entry that holds `key`. */
export function sealEntry(key: SealKey): string {
  return ENTRY_PREFIX + toBase64(key.bytes);
}

/** The key in a keychain entry; null when the entry is the secret itself. */
export function parseSealEntry(entry: string): SealKey | null {
  if (!entry.startsWith(ENTRY_PREFIX)) return null;
  const bytes = fromBase64(entry.slice(ENTRY_PREFIX.length));
  if (bytes?.length !== 32) throw unreadable('The keychain entry of a sealed secret is damaged.');
  return { bytes };
}

/** File name: bound to key and name, so that a new value never overwrites the file that the old entry still opens. */
export function sealedFileName(key: SealKey, name: string): string {
  return createHmac('sha256', key.bytes).update(`file\n${name}`).digest('hex');
}

export function seal(key: SealKey, name: string, secret: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(utf8(MAGIC + name));
  // As JSON, so that a text which is not well-formed UTF-16 comes back as it was.
  const sealed = [cipher.update(utf8(JSON.stringify(secret))), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([utf8(MAGIC), nonce, ...sealed]);
}

export function unseal(key: SealKey, name: string, file: Uint8Array): string {
  const magic = utf8(MAGIC);
  const body = file.subarray(magic.length + NONCE_BYTES);
  if (!Buffer.from(magic).equals(file.subarray(0, magic.length)) || body.length < TAG_BYTES) {
    throw unreadable('A sealed secret of this home is damaged.');
  }
  try {
    const nonce = file.subarray(magic.length, magic.length + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(utf8(MAGIC + name));
    decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
    const plain = Buffer.concat([decipher.update(body.subarray(0, body.length - TAG_BYTES)), decipher.final()]);
    // Authentic: written by `seal`, so it is the JSON of one text.
    return JSON.parse(fromUtf8(plain) ?? '') as string;
  } catch (error) {
    throw unreadable('A sealed secret of this home is damaged or was exchanged.', error);
  }
}
