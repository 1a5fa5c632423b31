import type { Encoder } from './format.ts';
import type { MaskContext } from './mask.ts';
import type { BatchSchema } from '../../src-shared/model/row-batch.ts';

/**
 * The seam for fused kernels: one function from a connector's wire block to output bytes, for one wire, one format family
 * and given masks. The path through RowBatch is the reference; fuzz tests prove both byte-equal. The engine asks each
 * registered kernel in order and takes the generic path when none answers.
 */
export interface FusedKernel {
  readonly id: string;
  /** As declared by `ConnectorTraits.wire`. */
  readonly wire: string;
  /** An encoder that does masking and encoding in one pass, or null when it cannot do exactly this. */
  plan(request: KernelRequest): Encoder | null;
}

export interface KernelRequest {
  readonly schema: BatchSchema;
  readonly format: { readonly id: string; readonly options: unknown };
  /** Per column: null, or the mask with its options and what it may know, its key included. */
  readonly masks: readonly (KernelMask | null)[];
}

export interface KernelMask {
  readonly id: string;
  readonly options: unknown;
  readonly context: MaskContext;
}
