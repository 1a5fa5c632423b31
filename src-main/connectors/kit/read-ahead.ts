import type { RowBatch } from '../../../src-shared/model/row-batch.ts';

/**
 * Batches as they come, but the first `blocks` are fetched before one is handed over: a short read is then over on the
 * server while its consumer still looks at the first rows. Ends `batches` and releases what nobody took.
 */
export async function* readAhead(batches: AsyncGenerator<RowBatch>, blocks: number): AsyncGenerator<RowBatch> {
  const first: RowBatch[] = [];
  try {
    for (let more = true; more && first.length < blocks;) {
      const { done, value } = await batches.next();
      more = done !== true;
      if (done !== true) first.push(value);
    }
    for (let batch = first.shift(); batch !== undefined; batch = first.shift()) yield batch;
    yield* batches;
  } finally {
    for (const batch of first) batch.release();
    await batches.return(undefined);
  }
}
