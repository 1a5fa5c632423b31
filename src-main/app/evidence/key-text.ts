import { appError } from '../../../src-shared/errors/app-error.ts';
import { parseVkey } from '../../../src-shared/proof/vkey.ts';
import { nodePrimitives } from '../../ledger/node-primitives.ts';

const FINGERPRINT = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/;

/** What a person was given to compare with: a whole vkey, or the fingerprint of one. */
export function readKeyText(text: string): { readonly key: string } | { readonly fingerprint: string } {
  const given = text.trim();
  const [, digest] = FINGERPRINT.exec(given) ?? [];
  if (digest !== undefined) return { fingerprint: `SHA256:${digest}` };
  const key = parseVkey(nodePrimitives, given);
  if (key.ok) return { key: given };
  throw appError('LEDGER/SIGNER_UNKNOWN', {
    message: `What was given is neither a verifier key nor a fingerprint. ${key.reason}`,
    remedy: 'Give <name>+<id>+<key>, or SHA256: and the 43 characters after it.',
  });
}
