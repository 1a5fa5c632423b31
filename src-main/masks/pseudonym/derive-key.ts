import { hkdfSync } from 'node:crypto';
import { bug } from '../../../src-shared/errors/app-error.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';

export const PSEUDONYM_VERSION = 'v1';
const MASTER_BYTES = 32;
const NO_SALT = new Uint8Array(0);

export interface KeyPurpose {
  /** 32 random bytes. */
  readonly master: Uint8Array;
  readonly domain: string;
  readonly class: string;
}

/** The key of one domain and class (docs/spec/pseudonym.md §2): HKDF-SHA-256, no salt, 32 bytes. */
export function deriveKey(purpose: KeyPurpose): Uint8Array {
  if (purpose.master.length !== MASTER_BYTES) throw bug('a pseudonym master key does not have 32 bytes');
  const info = Buffer.concat([purpose.domain, purpose.class, PSEUDONYM_VERSION].map(lengthPrefixed));
  return new Uint8Array(hkdfSync('sha256', purpose.master, NO_SALT, info, 32));
}

/** The length in bytes as four bytes, big-endian, then the UTF-8: no two lists of texts give the same bytes. */
function lengthPrefixed(text: string): Buffer {
  const bytes = utf8(text);
  const out = Buffer.alloc(4 + bytes.length);
  out.writeUInt32BE(bytes.length);
  out.set(bytes, 4);
  return out;
}
