/**
 * RowBatch: the unit of the row path. Specified in docs/spec/row-batch.md; every rule here is normative there.
 * No object and no string per cell: a cell is a pair of offsets into `bytes` and one byte of flags.
 */
import type { CellForm, LogicalType } from './logical-type.ts';

/** The cell is NULL; its offsets are meaningless. */
export const CELL_NULL = 1;
/** The bytes are still in the wire's escape form (`BatchSchema.escape`). */
export const CELL_ESCAPED = 2;
/** Scanned: not empty, and holds no byte that any CSV profile would quote (row-batch.md §3). Never with ESCAPED. */
export const CELL_PLAIN = 4;
/** A long cell goes on in the next batch; only the last cell of a fragment batch has it. */
export const CELL_CUT = 8;

export interface BatchColumn {
  readonly name: string;
  readonly type: LogicalType;
  /** The product's own name of the type, verbatim. */
  readonly nativeType: string;
  readonly nullable: boolean;
  readonly form: CellForm;
}

export interface BatchSchema {
  readonly columns: readonly BatchColumn[];
  /** How ESCAPED cells are escaped: `backslash` = \b \f \n \r \t \v \\ and `\` before any other byte meaning itself. */
  readonly escape: 'none' | 'backslash';
}

/** Cells are at most this long in a whole-row batch; a longer value travels as fragments. */
export const LONG_CELL_BYTES = 1024 * 1024;

/** What a new batch has room for, and who gets it back. */
export interface BatchCapacity {
  readonly cells: number;
  readonly owner?: ((batch: RowBatch) => void) | undefined;
}

/**
 * A batch of rows in one of two shapes.
 *
 * - *Whole rows*: `fragment` is false, `cells === rows * columns`, cell `row * columns + column`.
 * - *Fragment*: `fragment` is true; `cells` consecutive cells of one row, the first at `firstColumn`. If `continues`,
 *   cell 0 continues the CUT cell that ended the previous batch. `rows` is 1 when the row ends here, else 0. A cut never
 *   falls inside an escape sequence, a UTF-8 character or a pair of hex digits.
 *
 * Ownership: whoever pulls a batch owns it until `release()`; after that no view of it may be used.
 */
export class RowBatch {
  readonly schema: BatchSchema;
  /** The arena: the connector's block, then what masks appended. Replaced when it has to grow; never keep a reference. */
  bytes: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  flags: Uint8Array;
  rows = 0;
  cells = 0;
  /** First free byte of `bytes`. */
  tail = 0;
  fragment = false;
  firstColumn = 0;
  continues = false;
  readonly #owner: ((batch: RowBatch) => void) | undefined;

  constructor(schema: BatchSchema, bytes: Uint8Array, capacity: BatchCapacity) {
    const { cells: cellCapacity, owner } = capacity;
    this.schema = schema;
    this.bytes = bytes;
    this.starts = new Uint32Array(cellCapacity);
    this.ends = new Uint32Array(cellCapacity);
    this.flags = new Uint8Array(cellCapacity);
    this.#owner = owner;
  }

  /** Makes room for `size` bytes at the tail and returns where they start; moves `tail` past them. */
  reserve(size: number): number {
    const at = this.tail;
    if (at + size > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, at + size));
      grown.set(this.bytes.subarray(0, at));
      this.bytes = grown;
    }
    this.tail = at + size;
    return at;
  }

  /** Makes room for at least `cells` pairs. */
  ensureCells(cells: number): void {
    if (cells <= this.starts.length) return;
    const capacity = Math.max(this.starts.length * 2, cells);
    const starts = new Uint32Array(capacity);
    const ends = new Uint32Array(capacity);
    const flags = new Uint8Array(capacity);
    starts.set(this.starts);
    ends.set(this.ends);
    flags.set(this.flags);
    this.starts = starts;
    this.ends = ends;
    this.flags = flags;
  }

  /** Empties the batch for reuse by its owner. */
  clear(): void {
    this.rows = 0;
    this.cells = 0;
    this.tail = 0;
    this.fragment = false;
    this.firstColumn = 0;
    this.continues = false;
  }

  /** Gives the batch back to its pool. */
  release(): void {
    this.#owner?.(this);
  }
}

const BACKSLASH = 0x5c;
/** By the byte after a backslash: the byte the pair stands for. */
export const BACKSLASH_ESCAPES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => byte);
for (const [letter, byte] of [
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
] as const) {
  BACKSLASH_ESCAPES[letter.charCodeAt(0)] = byte;
}

/**
 * Writes the plain bytes of a backslash-escaped range to `target` at `at` and returns the position after them.
 * `target` must have room for `end - start` bytes.
 */
export function unescapeInto(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  let out = at;
  for (let i = start; i < end; i++) {
    let byte = source[i] as number;
    if (byte === BACKSLASH && i + 1 < end) byte = BACKSLASH_ESCAPES[source[++i] as number] as number;
    target[out++] = byte;
  }
  return out;
}

/** Replaces an ESCAPED cell by its plain bytes, in place (the plain form is never longer). */
export function unescapeCell(batch: RowBatch, cell: number): void {
  const flags = batch.flags[cell] as number;
  if ((flags & CELL_ESCAPED) === 0) return;
  const start = batch.starts[cell] as number;
  batch.ends[cell] = unescapeInto(batch.bytes, start, batch.ends[cell] as number, batch.bytes, start);
  batch.flags[cell] = flags & ~CELL_ESCAPED;
}

// A leading U+FEFF is part of the value.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The canonical text of a cell, or null: for previews, tests and messages, never for the row path. `raw` cells come out
 * as lower-case hex; invalid UTF-8 as replacement characters.
 */
export function cellText(batch: RowBatch, cell: number): string | null {
  if (((batch.flags[cell] as number) & CELL_NULL) !== 0) return null;
  unescapeCell(batch, cell);
  const bytes = batch.bytes.subarray(batch.starts[cell], batch.ends[cell]);
  const column = batch.schema.columns[(batch.firstColumn + cell) % batch.schema.columns.length];
  if (column?.form !== 'raw') return decoder.decode(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
