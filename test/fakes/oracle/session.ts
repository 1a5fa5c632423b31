// What the double's connection asks of whatever stands behind it.
import type { Metadata } from 'oracledb';
import type { FetchTypeHandler } from './driver-types.ts';

export type Values = Readonly<Record<string, unknown>>;

export interface DoubleSession {
  /** Rows of a statement, asked for one by one; statements that give none: nothing. Throws what oracledb throws. */
  run(text: string, values: Values, fetchAs?: FetchTypeHandler): Iterable<unknown[]> | AsyncIterable<unknown[]>;
  describe(text: string): Metadata<object>[];
  /** The session ends, and what it has open with it. */
  close(): void;
}
