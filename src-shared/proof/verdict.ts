import { counted, isOrAre } from '../util/format-number.ts';
import type { FindingLog, ProofFinding } from './finding-log.ts';
import type { ProofPrimitives } from './primitives.ts';
import { keyFingerprint, sameKey, type VerifierKey } from './vkey.ts';

export type Verdict = 'VERIFIED' | 'CONSISTENT, NOT ANCHORED' | 'BROKEN';

export type FolderKind = 'package' | 'bundle' | 'ledger';

/** What the person who verifies knows from elsewhere. Nothing inside the folder adds to it. */
export interface VerifyOptions {
  readonly primitives: ProofPrimitives;
  /** The signer must be this key, or the verdict is BROKEN. */
  readonly key?: VerifierKey;
  /** The same, where only the fingerprint of that key is known. */
  readonly fingerprint?: string;
  /** Signers that count as pinned: the home's own and trusted keys. */
  readonly trusted?: readonly VerifierKey[];
  /** Signed checkpoints of the ledger that were kept outside of it. */
  readonly anchors?: readonly Uint8Array[];
  /** The folder's own name, which says `.incomplete` when tables are missing. */
  readonly name?: string;
}

/** The result of verification, as `verify --json` prints it. */
export interface VerifyResult {
  readonly verdict: Verdict;
  readonly kind: FolderKind;
  /** The vkey found inside: to be compared, never trusted for being there. `null` when none can be read. */
  readonly signer: string | null;
  /** Entries under the checkpoint. */
  readonly size?: number;
  /** The size of the newest outside checkpoint that holds. */
  readonly anchored?: number;
  readonly findings: readonly ProofFinding[];
}

/** What was established, before the verdict is drawn from it. */
export interface Established {
  readonly kind: FolderKind;
  readonly signer: VerifierKey | undefined;
  readonly size: number | undefined;
  readonly anchored: number | undefined;
}

/**
 * The one place where a verdict arises. VERIFIED needs a pinned signer and an outside checkpoint of the very size at hand;
 * an older one leaves the entries after it unproved.
 */
export function drawVerdict(established: Established, options: VerifyOptions, log: FindingLog): VerifyResult {
  const { kind, signer, size, anchored } = established;
  const pinned = judgeSigner(signer, options, log);
  const covered = anchored !== undefined && anchored === size;
  if (!covered) log.add('NOT_ANCHORED', anchorSentence(size, anchored));
  const whole: Verdict = pinned && covered ? 'VERIFIED' : 'CONSISTENT, NOT ANCHORED';
  return {
    verdict: log.broken ? 'BROKEN' : whole,
    kind,
    signer: signer?.vkey ?? null,
    ...(size === undefined ? {} : { size }),
    ...(anchored === undefined ? {} : { anchored }),
    findings: log.list(),
  };
}

function judgeSigner(signer: VerifierKey | undefined, options: VerifyOptions, log: FindingLog): boolean {
  const { key, fingerprint: wanted, trusted = [], primitives } = options;
  if (signer === undefined) {
    if (key !== undefined || wanted !== undefined)
      log.add('SIGNER_MISMATCH', 'No signer can be read that could be the key given.');
    return false;
  }
  const fingerprint = keyFingerprint(primitives, signer);
  if ((key !== undefined && !sameKey(key, signer)) || (wanted !== undefined && wanted !== fingerprint)) {
    log.add('SIGNER_MISMATCH', `It is signed by ${fingerprint} (${signer.name}), not by the key given.`);
    return false;
  }
  if (key !== undefined || wanted !== undefined || trusted.some((known) => sameKey(known, signer))) return true;
  log.add(
    'SIGNER_UNPINNED',
    `The signer is not known here: compare ${fingerprint} (${signer.name}) with the one you received another way.`,
  );
  return false;
}

function anchorSentence(size: number | undefined, anchored: number | undefined): string {
  if (anchored === undefined || size === undefined) return 'No checkpoint kept outside covers it.';
  const open = size - anchored;
  return `The last checkpoint kept outside has size ${anchored}; ${counted(open, 'entry')} ${isOrAre(open)} not yet anchored.`;
}

/** The exit code for a result: the middle verdict fails only where the caller demanded what is missing. */
export function exitCodeOfVerdict(
  result: VerifyResult,
  demand: { requireKey?: boolean; requireAnchor?: boolean } = {},
): 0 | 9 {
  if (result.verdict === 'BROKEN') return 9;
  const open = new Set(result.findings.map((finding) => finding.code));
  if (demand.requireKey === true && open.has('SIGNER_UNPINNED')) return 9;
  return demand.requireAnchor === true && open.has('NOT_ANCHORED') ? 9 : 0;
}
