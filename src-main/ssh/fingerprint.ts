import { createHash } from 'node:crypto';

/** `SHA256:…` of a public key's wire form, as ssh prints it: base64 without padding. */
export function fingerprint(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replaceAll('=', '')}`;
}
