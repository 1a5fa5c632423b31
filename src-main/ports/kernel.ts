import type { AppError } from '../../src-shared/errors/app-error.ts';
import type { BatchSchema, RowBatch } from '../../src-shared/model/row-batch.ts';
import type { ByteSink } from './byte-sink.ts';

/**
 * The seam for fused kernels: one pass from a connector's wire block to output bytes, for one wire, one format family and
 * given masks. The path through RowBatch is the reference; fuzz tests prove both byte-equal. Formats and masks describe
 * themselves to kernels as data, so that a kernel imports none of them. The engine asks each registered kernel in order and
 * takes the generic path when none answers.
 */
export interface FusedKernel {
  readonly id: string;
  /** The name of the wire form it takes. */
  readonly wire: string;
  /** A writer for exactly this, or null when the kernel cannot do it. One writer for each part file that is being written; it may be used for another one behind it. */
  plan(request: KernelRequest): WireWriter | null;
}

/** How a value is encoded in a wire form that has a way of its own for each type; row-batch.md §7 says what each is. */
export type CellEncoding =
  | 'text'
  | 'json'
  | 'boolean'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint32'
  | 'uint64'
  | 'numeric'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'uuid'
  | 'bytes';

/** A form in which a connector gives whole rows unsplit (row-batch.md §7). */
export interface WireForm {
  readonly name: string;
  /** Per column of the read; null: the form has one way for all types. */
  readonly encodings: readonly CellEncoding[] | null;
}

export interface KernelRequest {
  /** Of the rows as they come from the connector, before masks. */
  readonly schema: BatchSchema;
  /** As the connector's `WireForm` has them. */
  readonly encodings: WireForm['encodings'];
  readonly layout: DelimitedLayout;
  /** Per column: null, or what its mask does. */
  readonly masks: readonly (CellProgram | null)[];
}

export interface WireWriter {
  /** The name of the wire form of its blocks. */
  readonly wire: string;
  /**
   * Writes all rows of a wire block (row-batch.md §7), masked. `rowsBefore`: rows of the part file before this block.
   * Synchronous; keeps nothing of the block. Errors as the format's encoder throws them, and `SOURCE/PROTOCOL` for a block
   * that is not what the wire has.
   */
  write(block: RowBatch, rowsBefore: number, out: ByteSink): void;
  /** Where in a block its first `rows` rows end, bytes from its beginning; `rows` is less than the block's. */
  endOf(block: RowBatch, rows: number): number;
}

/** A mask as data. Bytes of a cell mean its plain bytes; NULL stays NULL where nothing else is said. */
export type CellProgram =
  /** The first 130 bits of HMAC-SHA-256 under `key` in lower-case base32 (docs/spec/pseudonym.md). The taker wipes `key`. */
  | { readonly op: 'token'; readonly key: Uint8Array }
  /** One canonical value for every cell; null: NULL. */
  | { readonly op: 'constant'; readonly value: Uint8Array | null; readonly replacesNull: boolean }
  /** Characters kept at both ends, each of the others covered; never more than half of them kept. */
  | { readonly op: 'partial'; readonly keepFirst: number; readonly keepLast: number; readonly cover: Uint8Array };

/** A format of values between separators, as data: everything that decides its bytes. Text is UTF-8. */
export interface DelimitedLayout {
  readonly columns: readonly DelimitedColumn[];
  readonly texts: DelimitedTexts;
  readonly quoting: DelimitedQuoting;
  /** What stands in the file for a canonical value of a column; null is NULL. */
  spell(column: number, value: Uint8Array | null): Uint8Array;
  /** Whether the file can hold this text: one value, or all that was written of a block. */
  fits(text: Uint8Array): boolean;
  /** The error for a value that does not fit; row counted from 1. */
  unfit(column: string, row: number, value: Uint8Array): AppError;
}

export interface DelimitedColumn {
  readonly alwaysQuoted: boolean;
}

export interface DelimitedTexts {
  readonly delimiter: Uint8Array;
  readonly lineEnding: Uint8Array;
  readonly nullText: Uint8Array;
  readonly utcSuffix: Uint8Array;
  readonly bytesPrefix: Uint8Array;
  /** One byte, between date and time. */
  readonly timestampSeparator: number;
}

export interface DelimitedQuoting {
  /** A value that holds a special byte, or could be mistaken (docs/formats/csv.md), stands between two of these. */
  readonly quote: number;
  /** Stands before each quote and each of itself between quotes. */
  readonly escape: number;
  /** By byte, 1: makes quotes necessary. */
  readonly special: Uint8Array;
}
