import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { MaskKernel } from '../../ports/mask.ts';

/** A kernel and the column it masks. */
export interface BoundMask {
  readonly column: number;
  readonly kernel: MaskKernel;
}

/** Masks a batch in place. The one place where masks meet rows: preview, run and every kernel's reference go through it. */
export function maskBatch(batch: RowBatch, masks: readonly BoundMask[]): void {
  for (const { column, kernel } of masks) kernel.apply(batch, column);
}
