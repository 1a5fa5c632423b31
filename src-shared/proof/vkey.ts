// Verifier keys of C2SP signed-note (https://c2sp.org/signed-note): `<name>+<hex key id>+<base64(0x01 || public key)>`.
import { bug } from '../errors/app-error.ts';
import { fromBase64, toBase64 } from '../util/base64.ts';
import { toHex } from '../util/hex.ts';
import { utf8 } from '../util/utf8.ts';
import { equalBytes } from './equal-bytes.ts';
import { accepted, refused, type Parsed } from './parsed.ts';
import type { ProofPrimitives } from './primitives.ts';

type Hasher = Pick<ProofPrimitives, 'sha256'>;

const ED25519 = 0x01;
const PUBLIC_KEY_BYTES = 32;

/** An Ed25519 key that verifies notes, checkpoints and statements. */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes, big-endian; an identifier, not a strong hash. */
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array;
  /** The whole key as text. */
  readonly vkey: string;
}

/** Key names are non-empty and hold no plus, no Unicode space and no control character. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name);
}

/** SHA-256(name || 0x0A || 0x01 || public key)[:4]. */
export function keyIdOf(primitives: Hasher, name: string, publicKey: Uint8Array): Uint8Array {
  const prefix = utf8(`${name}\n`);
  const hashed = new Uint8Array(prefix.length + 1 + publicKey.length);
  hashed.set(prefix);
  hashed[prefix.length] = ED25519;
  hashed.set(publicKey, prefix.length + 1);
  return primitives.sha256(hashed).slice(0, 4);
}

/** The verifier key of an Ed25519 public key (32 bytes) under a name. */
export function makeVkey(primitives: Hasher, name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw bug('a key name is empty or holds a space or a plus sign');
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw bug('an Ed25519 public key is not 32 bytes long');
  const keyId = keyIdOf(primitives, name, publicKey);
  const material = Uint8Array.of(ED25519, ...publicKey);
  return { name, keyId, publicKey, vkey: `${name}+${toHex(keyId)}+${toBase64(material)}` };
}

/** Reads a verifier key; the only algorithm is Ed25519, and the key id must be the one that name and key give. */
export function parseVkey(primitives: Hasher, text: string): Parsed<VerifierKey> {
  // The base64 part may hold plus signs of its own, the name may not: so the first two separate.
  const [, name = '', hexId = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(text) ?? [];
  if (!isKeyName(name)) return refused('It is not of the form <name>+<id>+<key>.');
  const material = fromBase64(base64);
  if (material === undefined) return refused('Its key is not base64.');
  if (material[0] !== ED25519 || material.length !== 1 + PUBLIC_KEY_BYTES)
    return refused('Its key is not an Ed25519 key.');
  const publicKey = material.slice(1);
  const key = makeVkey(primitives, name, publicKey);
  if (toHex(key.keyId) !== hexId) return refused('Its id does not belong to its name and key.');
  return accepted(key);
}

/** Whether two keys are the same key under the same name. */
export function sameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && equalBytes(a.publicKey, b.publicKey);
}

/** A short text to compare over the telephone: SHA-256 of the public key, base64 without padding, as OpenSSH shows keys. */
export function keyFingerprint(primitives: Hasher, key: VerifierKey): string {
  return `SHA256:${toBase64(primitives.sha256(key.publicKey)).replace(/=+$/, '')}`;
}
