import { toHex } from '../util/hex.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import { parseEntry, type SealEntry } from './entry.ts';
import type { FindingLog } from './finding-log.ts';
import { leafHash } from './merkle.ts';
import type { ProofPrimitives } from './primitives.ts';
import { parseTlogProof, verifyTlogProof } from './tlog-proof.ts';
import type { VerifierKey } from './vkey.ts';

/** The three files that tie a delivery to its ledger, with the names they are reported under. */
export interface SealFiles {
  readonly statement: { readonly bytes: Uint8Array; readonly path: string };
  readonly entry: { readonly bytes: Uint8Array; readonly path: string };
  readonly proof: { readonly bytes: Uint8Array; readonly path: string };
}

export interface CheckedSeal {
  readonly entry: SealEntry;
  /** Hex. */
  readonly leafHash: string;
  readonly checkpoint: SignedCheckpoint;
}

/** Checks ledger-entry.json, that it speaks of this very statement, and its proof of inclusion. */
export function checkSeal(
  primitives: ProofPrimitives,
  request: { files: SealFiles; signer: VerifierKey; log: FindingLog },
): CheckedSeal | undefined {
  const { files, signer, log } = request;
  const entry = parseEntry(files.entry.bytes);
  if (!entry.ok || entry.value.kind !== 'seal') {
    const reason = entry.ok ? 'It is not the seal of a package.' : entry.reason;
    log.add('LEAF_INVALID', `The ledger entry does not hold. ${reason}`, { path: files.entry.path });
    return undefined;
  }
  const { seq, manifest } = entry.value;
  if (manifest !== toHex(primitives.sha256(files.statement.bytes))) {
    log.add('MANIFEST_MISMATCH', 'The ledger entry seals another statement.', { seq, path: files.statement.path });
  }
  const leaf = leafHash(primitives, files.entry.bytes);
  const proof = parseTlogProof(files.proof.bytes);
  const checkpoint = proof.ok ? verifyTlogProof(primitives, proof.value, { leaf, known: [signer] }) : proof;
  if (!checkpoint.ok || !proof.ok) {
    const reason = checkpoint.ok ? '' : checkpoint.reason;
    log.add('PROOF_INVALID', `The proof of inclusion does not hold. ${reason}`, { seq, path: files.proof.path });
    return undefined;
  }
  if (proof.value.index !== seq) {
    log.add('PROOF_INVALID', 'The proof is about another place in the ledger.', { seq, path: files.proof.path });
    return undefined;
  }
  return { entry: entry.value, leafHash: toHex(leaf), checkpoint: checkpoint.value };
}
