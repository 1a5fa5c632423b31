import { createHash, createPublicKey, verify } from 'node:crypto';
import type { ProofPrimitives } from '../../src-shared/proof/primitives.ts';

const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** The cryptography of verification over node:crypto. */
export const nodePrimitives: ProofPrimitives = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  newSha256: () => createHash('sha256'),
  ed25519Verify(publicKey, message, signature) {
    if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  },
};
