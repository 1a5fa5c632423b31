import type { LedgerStatus } from '../../../src-shared/contract/evidence.ts';
import type { IndexedLine } from './entry-index.ts';

/**
 * The newest checkpoint that a delivery took along: each package holds the one that sealed it. Whether the recipient still
 * has it, only the recipient knows.
 */
export function carriedOf(lines: readonly IndexedLine[]): LedgerStatus['carried'] {
  const delivered = new Map<string, IndexedLine>();
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at];
    if (line?.run === undefined || line.run === null) continue;
    if (line.type === 'delivery.sent' || line.type === 'delivery.confirmed') {
      if (!delivered.has(line.run)) delivered.set(line.run, line);
    } else if (line.type === 'package.sealed') {
      const delivery = delivered.get(line.run);
      // The seal is the last entry under the checkpoint that travels with it.
      if (delivery !== undefined) {
        return { size: line.seq + 1, seq: delivery.seq, time: delivery.time, to: delivery.to };
      }
    }
  }
  return null;
}
