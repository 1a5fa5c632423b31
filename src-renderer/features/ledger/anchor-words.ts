import type { LedgerStatus } from '../../../src-shared/contract/evidence.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';

/** What covers the ledger from outside, and how many entries came after it. */
export function anchorWords({ anchored, carried, size, result }: LedgerStatus): string {
  const words = text.ledger;
  const throwAway = result?.findings.some(({ code }) => code === 'THROW_AWAY') === true ? ` ${words.throwAway}` : '';
  if (anchored !== null) return `${words.anchored(formatCount(anchored))}${newerWords(size - anchored)}${throwAway}`;
  if (carried === null) return `${words.noAnchor}${words.noneCarried}${throwAway}`;
  const to = carried.to === null ? '' : words.toTarget(carried.to);
  const taken = words.carried(formatCount(carried.size), formatMoment(carried.time), to);
  return `${words.noAnchor}${taken}${newerWords(size - carried.size)}${throwAway}`;
}

function newerWords(count: number): string {
  return count <= 0 ? text.ledger.noneNewer : text.ledger.newer(formatCount(count), count === 1);
}
