import { describe, expect, it } from 'vitest';
import { BatchPool } from '../../../../src-main/connectors/kit/batch-pool.ts';
import { batchSchema } from '../../../fakes/batch-schema.ts';

const poolOf = (blockBytes: number): BatchPool =>
  new BatchPool(batchSchema([['c', 'text']], 'none'), { blockBytes, cells: 0 });

describe('a pool of batches', () => {
  it('gives a batch again when it was released, empty', () => {
    const pool = poolOf(100_000);
    const batch = pool.take();
    batch.tail = 7;
    batch.release();
    expect(pool.take()).toBe(batch);
    expect(batch.tail).toBe(0);
  });

  it('gives memory back when it is closed: that of free batches at once, that of others when they come back', () => {
    const pool = poolOf(100_000);
    const [free, held] = [pool.take(), pool.take()];
    free.release();
    held.bytes[0] = 7;
    pool.close();
    expect([free.bytes.length, held.bytes.length, held.bytes[0]]).toEqual([0, 100_000, 7]);
    held.release();
    expect(held.bytes.length).toBe(0);
  });

  it('notices a batch that is released twice', () => {
    const batch = poolOf(100_000).take();
    batch.release();
    expect(() => batch.release()).toThrow('twice');
  });
});
