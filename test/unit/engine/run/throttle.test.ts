import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { divideBatch } from '../../../../src-main/engine/run/divide-batch.ts';
import { Throttle } from '../../../../src-main/engine/run/throttle.ts';
import type { Clock } from '../../../../src-main/ports/clock.ts';
import { cellText, type RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { BatchBuilder } from '../../../fakes/batch-builder.ts';
import { batchSchema } from '../../../fakes/batch-schema.ts';

const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };
const never = new AbortController().signal;

function throttle(rates: { rowsPerSecond?: number; bytesPerSecond?: number }): Throttle {
  const made = Throttle.of({ rowsPerSecond: 0, bytesPerSecond: 0, ...rates }, clock);
  if (made === null) throw new Error('nothing is limited');
  return made;
}

async function took(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

describe('a rate', () => {
  it('of nothing is no throttle at all', () => {
    expect(Throttle.of({ rowsPerSecond: 0, bytesPerSecond: 0 }, clock)).toBeNull();
  });

  it('takes at least the time it must, of rows and of bytes', async () => {
    const rows = throttle({ rowsPerSecond: 1000 });
    const bytes = throttle({ bytesPerSecond: 100_000 });
    const both = throttle({ rowsPerSecond: 1000, bytesPerSecond: 50_000 });
    const tenTimes = async (of: Throttle): Promise<void> => {
      for (let i = 0; i < 10; i++) await of.spend({ rows: 30, bytes: 3000 }, never);
    };
    const [byRows, byBytes, bySlower] = await Promise.all(
      [rows, bytes, both].map((each) => took(() => tenTimes(each))),
    );
    // Timers may come a moment early, and what is shorter than two milliseconds is not waited for.
    expect(byRows).toBeGreaterThanOrEqual(300 - 55);
    expect(byBytes).toBeGreaterThanOrEqual(300 - 55);
    expect(bySlower).toBeGreaterThanOrEqual(600 - 55);
  });

  it('is not made up for by a burst after a pause', async () => {
    const slow = throttle({ rowsPerSecond: 1000 });
    await slow.spend({ rows: 10, bytes: 0 }, never);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const after = await took(async () => {
      for (let i = 0; i < 10; i++) await slow.spend({ rows: 30, bytes: 0 }, never);
    });
    expect(after).toBeGreaterThanOrEqual(300 - 55);
  });

  it('goes out in pieces of a twentieth of a second, and of one row at least', () => {
    expect(throttle({ rowsPerSecond: 1000 }).pieces).toEqual({ rows: 50, bytes: Infinity });
    expect(throttle({ rowsPerSecond: 1, bytesPerSecond: 2_000_000 }).pieces).toEqual({ rows: 1, bytes: 100_000 });
  });

  it('is left at once by a cancellation', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const waited = took(async () => {
      await expect(throttle({ rowsPerSecond: 1 }).spend({ rows: 3600, bytes: 0 }, stop.signal)).rejects.toMatchObject({
        code: 'RUN/CANCELLED',
      });
    });
    expect(await waited).toBeLessThan(1000);
  });
});

describe('a batch in pieces', () => {
  const schema = batchSchema([
    ['id', 'int64'],
    ['name', 'text'],
  ]);
  const rows = Array.from({ length: 10 }, (_, i): [string, string | null] => [
    String(i),
    i % 3 === 0 ? null : `name ${i}`,
  ]);
  const textsOf = (piece: RowBatch) =>
    Array.from({ length: piece.rows }, (_, row) => [cellText(piece, row * 2), cellText(piece, row * 2 + 1)]);

  it.each([
    [3, [3, 3, 3, 1]],
    [10, [10]],
    [1, Array.from({ length: 10 }, () => 1)],
  ])('of %i rows holds all its rows in order', (most, sizes) => {
    const batch = new BatchBuilder(schema).batch(rows);
    const found: unknown[] = [];
    const lengths: number[] = [];
    for (const piece of divideBatch(batch, { rows: most, bytes: Infinity })) {
      expect(piece.cells).toBe(piece.rows * 2);
      lengths.push(piece.rows);
      found.push(...textsOf(piece));
      // As a mask does that appends: it must not reach what comes after.
      piece.bytes.fill(0x21, piece.reserve(4000), piece.tail);
    }
    expect(lengths).toEqual(sizes);
    expect(found).toEqual(rows);
  });

  it('of few bytes is one row at least, and without a limit the batch itself', () => {
    const batch = new BatchBuilder(schema).batch(rows);
    expect([...divideBatch(batch, { rows: Infinity, bytes: 1 })]).toHaveLength(10);
    expect([...divideBatch(batch, null)]).toEqual([batch]);
  });
});
