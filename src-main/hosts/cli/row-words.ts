import { counted } from '../../../src-shared/util/format-number.ts';
import type { TableEstimate } from '../../app/estimate-table.ts';

/** An estimate as number and what it is worth: `about 1,000 rows`, `estimate, before its filter`. */
export function estimateWords(estimate: TableEstimate): readonly [rows: string, worth: string] {
  const { rows, beforeFilter, onlyLimit } = estimate;
  if (rows === null) return ['unknown', 'no estimate: the database has no statistics of it'];
  if (onlyLimit) return [`at most ${counted(rows, 'row')}`, 'its limit; no estimate'];
  return [`about ${counted(rows, 'row')}`, beforeFilter ? 'estimate, before its filter' : 'estimate'];
}
