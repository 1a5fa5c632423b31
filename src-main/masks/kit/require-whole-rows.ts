import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';

/** For masks that do not stream long cells: the engine joins fragments before them. */
export function requireWholeRows(batch: RowBatch): void {
  if (batch.fragment) throw bug('a mask that does not stream long cells was given a fragment batch');
}
