/** Reads the answer to one COM_QUERY: head, then rows. */
import type { BatchSchema, RowBatch } from '../../../src-shared/model/row-batch.ts';
import { BatchPool } from '../kit/batch-pool.ts';
import { malformed } from './malformed.ts';
import { ResultHead, type WireColumn, type WireRules } from './result-head.ts';
import { BLOCK_BYTES, RowReader } from './row-reader.ts';
import { ServerError } from './server-error.ts';

export interface ResultHow {
  readonly rules: WireRules;
  /** Number of the answer's first packet. */
  readonly sequence: number;
  /** The schema rows are read with, by what the server says its columns are. */
  readonly schema: (columns: readonly WireColumn[]) => BatchSchema;
  readonly wire: boolean;
}

const CELLS = 16 * 1024;

export class ResultReader {
  readonly #how: ResultHow;
  readonly #head: ResultHead;
  #rows: RowReader | null = null;
  #ended = false;
  #failure: ServerError | null = null;

  constructor(how: ResultHow) {
    this.#how = how;
    this.#head = new ResultHead(how.rules, how.sequence);
  }

  get columns(): readonly WireColumn[] {
    return this.#head.columns;
  }

  get ready(): number {
    return this.#rows?.ready ?? 0;
  }

  get ended(): boolean {
    return this.#ended || (this.#rows?.ended ?? false);
  }

  get failure(): ServerError | null {
    return this.#failure ?? this.#rows?.failure ?? null;
  }

  shift(): RowBatch | undefined {
    return this.#rows?.shift();
  }

  release(): void {
    this.#rows?.release();
  }

  /** Takes bytes from the socket. Throws what breaks the protocol. */
  push(chunk: Uint8Array): void {
    if (this.ended) throw malformed();
    if (this.#rows !== null) return this.#rows.push(chunk);
    const rest = this.#pushHead(chunk);
    if (rest === null) return undefined;
    if (this.#head.columns.length === 0) {
      this.#ended = true;
      if (rest.length > 0) throw malformed();
      return undefined;
    }
    const { rules, wire, schema } = this.#how;
    const pool = new BatchPool(schema(this.#head.columns), { blockBytes: BLOCK_BYTES, cells: wire ? 0 : CELLS });
    if (pool.schema.columns.length !== this.#head.columns.length) throw malformed();
    const { sequence } = this.#head;
    this.#rows = new RowReader(pool, { wire, deprecateEof: rules.deprecateEof, sequence });
    this.#rows.push(rest);
    return undefined;
  }

  #pushHead(chunk: Uint8Array): Uint8Array | null {
    try {
      return this.#head.push(chunk);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.#failure = error;
      this.#ended = true;
      return null;
    }
  }
}
