import type { z } from 'zod';
import type { LogicalType } from '../../src-shared/model/logical-type.ts';
import type { BatchColumn, RowBatch } from '../../src-shared/model/row-batch.ts';
import type { CellProgram } from './kernel.ts';
import type { ReadColumn } from '../../src-shared/model/table-read.ts';

export interface MaskTraits {
  /** Takes fragment batches. Otherwise the engine joins long cells, up to `limits.cellBytes`. */
  readonly streamsLongCells: boolean;
  /** Needs a pseudonym key (`MaskContext.pseudonym`). */
  readonly needsKey: boolean;
  /** May turn a value into NULL. */
  readonly makesNull: boolean;
  /** What is promised, in words for manifest and report: `deterministic`, `constant`, `removed`, `shortened`. */
  readonly promise: string;
}

/** What a mask gives for a column, or why it cannot. */
export type MaskFit =
  | { readonly ok: true; readonly type: LogicalType; readonly nullable: boolean }
  | { readonly ok: false; readonly why: string; readonly remedy: string };

export interface MaskContext {
  readonly pseudonym?: {
    /** 32 random bytes; never leaves the process. */
    readonly master: Uint8Array;
    readonly domain: string;
    /** Meaning of the column, e.g. `person.email`: same class, same token. */
    readonly class: string;
  };
}

/**
 * Masks one column. `apply` rewrites that column's cell of every row: it appends to the batch's tail and moves the pair,
 * or sets CELL_NULL. NULL stays NULL unless the mask says otherwise. Sets exact flags on what it writes.
 */
export interface MaskKernel {
  apply(batch: RowBatch, column: number): void;
}

/** A mask, one per folder. */
export interface Mask<Options = unknown> {
  readonly id: string;
  readonly title: string;
  readonly traits: MaskTraits;
  readonly options: z.ZodType<Options>;
  /** Whether the column can take it: decided before a row is read (`PLAN/MASK_UNFIT`). */
  fit(column: ReadColumn, options: Options): MaskFit;
  kernel(column: BatchColumn, options: Options, context: MaskContext): MaskKernel;
  /** The same as data for fused kernels; null: only `kernel` can do it with these options. */
  program(column: BatchColumn, options: Options, context: MaskContext): CellProgram | null;
}
