import { openCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { FindingLog } from './finding-log.ts';
import type { VerifyOptions } from './verdict.ts';
import { sameKey, type VerifierKey } from './vkey.ts';

/**
 * The outside checkpoints that speak of the signer's log. One that this signer did not sign is a finding: the log was
 * signed anew since it was handed out.
 */
export function openAnchors(options: VerifyOptions, signer: VerifierKey, log: FindingLog): Checkpoint[] {
  const opened: Checkpoint[] = [];
  for (const bytes of options.anchors ?? []) {
    const anchor = openCheckpoint(options.primitives, bytes, [signer, ...knownKeys(options)]);
    if (!anchor.ok) log.add('ANCHOR_INVALID', `A checkpoint kept outside does not hold. ${anchor.reason}`);
    else if (anchor.value.origin !== signer.name) {
      log.add('ANCHOR_OF_OTHER_LEDGER', `A checkpoint kept outside is of another ledger (${anchor.value.origin}).`);
    } else if (!anchor.value.signers.some((key) => sameKey(key, signer))) {
      log.add('ANCHOR_INVALID', 'A checkpoint of this ledger kept outside was signed by another key.');
    } else if (anchor.value.size > 0) opened.push(anchor.value);
  }
  return opened;
}

function knownKeys({ key, trusted = [] }: VerifyOptions): readonly VerifierKey[] {
  return key === undefined ? trusted : [key, ...trusted];
}
