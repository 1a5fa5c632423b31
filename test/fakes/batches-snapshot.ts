import type { RowBatch } from '../../src-shared/model/row-batch.ts';
import type { Snapshot } from '../../src-main/ports/connector.ts';

/** A stand-in for a database's snapshot: gives prepared batches and a count of rows that need not agree with them. */
export function batchesSnapshot(
  batches: () => Iterable<RowBatch>,
  rows: number,
  unproven: string | null = null,
): Snapshot {
  return {
    facts: { id: 'test', unproven: [unproven] },
    async *read() {
      yield* batches();
    },
    count: async () => rows,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
