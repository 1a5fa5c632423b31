// Secrets sealed under a passphrase: vault.json and the file of `vault export`. docs/spec/vault.md.
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fromBase64, toBase64 } from '../../src-shared/util/base64.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import { passphraseWrong, tooLarge, unreadable } from './errors.ts';
import { checkValue, SCRYPT, type PassphraseKey } from './passphrase-key.ts';

export type DocumentPurpose = 'vault/1' | 'vault-export/1';

export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
const SALT_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const base64 = (bytes: number) => z.string().refine((text) => fromBase64(text)?.length === bytes);

const documentSchema = z.strictObject({
  waybill: z.enum(['vault/1', 'vault-export/1']),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.literal(SCRYPT.N),
    r: z.literal(SCRYPT.r),
    p: z.literal(SCRYPT.p),
    salt: base64(SALT_BYTES),
  }),
  check: base64(32),
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), nonce: base64(NONCE_BYTES) }),
  sealed: z.string(),
  sha256: z.string(),
});
const secretsSchema = z.strictObject({ secrets: z.array(z.tuple([z.string(), z.string()])) });

type PassphraseFile = z.infer<typeof documentSchema>;

/** A document whose form and checksum hold; its secrets need the key. */
export interface ClosedDocument {
  readonly salt: Uint8Array;
  readonly file: PassphraseFile;
}

export function newSalt(): Uint8Array {
  return randomBytes(SALT_BYTES);
}

/** Bytes of a document with `secrets`, under a fresh nonce. */
export function sealDocument(
  purpose: DocumentPurpose,
  { salt, key, secrets }: { salt: Uint8Array; key: PassphraseKey; secrets: ReadonlyMap<string, string> },
): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const open: PassphraseFile = {
    waybill: purpose,
    kdf: { name: 'scrypt', ...SCRYPT, salt: toBase64(salt) },
    check: toBase64(checkValue(key, purpose, salt)),
    cipher: { name: 'aes-256-gcm', nonce: toBase64(nonce) },
    sealed: '',
    sha256: '',
  };
  const cipher = createCipheriv('aes-256-gcm', key.seal, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(serialize(open));
  const plain = utf8(JSON.stringify({ secrets: [...secrets].sort(([a], [b]) => (a < b ? -1 : 1)) }));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const bytes = serialize(withChecksum({ ...open, sealed: sealed.toString('base64') }));
  if (bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge(bytes.length, MAX_DOCUMENT_BYTES);
  return bytes;
}

/** UNTRUSTED input: checks form, exact spelling and checksum, before any work is spent on a key. */
export function parseDocument(purpose: DocumentPurpose, bytes: Uint8Array): ClosedDocument {
  const parsed = documentSchema.safeParse(parseJson(bytes));
  if (!parsed.success || parsed.data.waybill !== purpose) {
    throw unreadable('The passphrase file is damaged, or was written by a newer Waybill.');
  }
  const file = parsed.data;
  // One spelling only: whatever byte was changed, the file is not what it says it is.
  if (!Buffer.from(serialize(withChecksum(file))).equals(bytes)) throw unreadable('The passphrase file is damaged.');
  return { salt: fromBase64(file.kdf.salt) ?? new Uint8Array(), file };
}

/** The secrets of a document. `VAULT/PASSPHRASE_WRONG` when the key does not belong to it. */
export function openDocument({ salt, file }: ClosedDocument, key: PassphraseKey): Map<string, string> {
  const stored = fromBase64(file.check) ?? new Uint8Array();
  const expected = checkValue(key, file.waybill, salt);
  if (stored.length !== expected.length || !timingSafeEqual(stored, expected)) throw passphraseWrong();
  const sealed = Buffer.from(file.sealed, 'base64');
  const end = sealed.length - TAG_BYTES;
  if (end < 0) throw unreadable('The passphrase file is cut short.');
  let plain: Buffer;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.seal, Buffer.from(file.cipher.nonce, 'base64'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(serialize({ ...file, sealed: '', sha256: '' }));
    decipher.setAuthTag(sealed.subarray(end));
    plain = Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
  } catch (error) {
    throw unreadable('The passphrase file was changed after it was written.', error);
  }
  const parsed = secretsSchema.safeParse(parseJson(plain));
  if (!parsed.success) throw unreadable('The passphrase file holds something else than secrets.');
  return new Map(parsed.data.secrets);
}

function withChecksum(file: PassphraseFile): PassphraseFile {
  const sha256 = createHash('sha256')
    .update(serialize({ ...file, sha256: '' }))
    .digest('hex');
  return { ...file, sha256 };
}

/** The one spelling of a document: these members in this order, two blanks of indentation, a line feed at the end. */
function serialize({ waybill, kdf, check, cipher, sealed, sha256 }: PassphraseFile): Uint8Array {
  const { name, N, r, p, salt } = kdf;
  const ordered = {
    waybill,
    kdf: { name, N, r, p, salt },
    check,
    cipher: { name: cipher.name, nonce: cipher.nonce },
    sealed,
    sha256,
  };
  return utf8(`${JSON.stringify(ordered, null, 2)}\n`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '');
  } catch {
    return undefined;
  }
}
