/**
 * What the session and its reader process say to each other (ADR 0007). Both are the same build on the same machine: numbers
 * are in its byte order, and nothing is versioned.
 *
 * - To the reader ({@link MESSAGES}): a 32-bit length and so many bytes of JSON, a {@link ReaderMessage}.
 * - From the reader ({@link FRAMES}): frames, each a header of {@link HEADER_WORDS} 32-bit numbers and its payload.
 * - {@link LIFELINE} carries nothing: its end is the end of the parent.
 */
import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { ServerFacts } from '../../ports/connector.ts';

/** Each task with what it needs. All name the file: the reader holds none between two tasks unless it holds a snapshot. */
export interface ReaderTasks {
  /** Proves that the file can be read. */
  readonly probe: null;
  readonly facts: null;
  readonly catalog: { readonly namespace: string | null; readonly definitions: boolean };
  readonly describe: { readonly sql: string; readonly params: TableRead['params'] };
  readonly check: { readonly read: TableRead };
  /** Begins the snapshot that `count` and `read` find from now on; it ends with the process. */
  readonly snapshot: { readonly reads: readonly TableRead[] };
  readonly count: { readonly read: TableRead };
  readonly cut: { readonly read: TableRead; readonly key: readonly ReadColumn[]; readonly rows: number };
  /** Batch frames, then the answer. */
  readonly read: { readonly read: TableRead; readonly statementTimeoutMs: number; readonly wire: boolean };
}

export interface ReaderAnswers {
  readonly probe: null;
  readonly facts: ServerFacts;
  readonly catalog: Catalog;
  readonly describe: readonly ReadColumn[];
  readonly check: null;
  /** The name of the point in time. */
  readonly snapshot: string;
  readonly count: number;
  readonly cut: readonly string[] | null;
  readonly read: null;
}

/** Descriptors of the reader. Not the standard ones, which the runtime opens in a way of its own at the first use. */
export const MESSAGES = 3;
export const FRAMES = 4;
export const LIFELINE = 5;

export type TaskName = keyof ReaderTasks;

/** Any task, discriminated by its name. */
export type ReaderTask = {
  readonly [Name in TaskName]: { readonly name: Name; readonly file: string; readonly of: ReaderTasks[Name] };
}[TaskName];

/**
 * `more`: the consumer took a batch of this read. `stop`: it wants no more of them. Either may come when the read is over:
 * then it means nothing.
 */
export type ReaderMessage =
  | { readonly kind: 'task'; readonly id: number; readonly task: ReaderTask }
  | { readonly kind: 'more' | 'stop'; readonly id: number };

/** Batches the reader may be ahead of the consumer. */
export const WINDOW = 3;

export const BLOCK_BYTES = 1024 * 1024;
export const BLOCK_CELLS = 16 * 1024;

export const HEADER_WORDS = 7;
export const HEADER_BYTES = HEADER_WORDS * 4;

/** First word of a header. The second is the id of the task, except for READY. */
export const FRAME = {
  /** The reader waits for tasks. No payload. */
  READY: 1,
  /** The task is done. Third word: bytes of the payload, a JSON value. */
  ANSWER: 2,
  /** The task failed. Third word: bytes of the payload, a WireError as JSON. */
  FAILURE: 3,
  /** Then rows, cells, tail, bits, first column; the payload: `tail` bytes, then `cells` starts, ends and flags. */
  BATCH: 4,
} as const;

export const FRAGMENT_BIT = 1;
export const CONTINUES_BIT = 2;
