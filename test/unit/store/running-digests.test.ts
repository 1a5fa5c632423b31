import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, blockPool } from '../../../src-main/engine/run/block-pool.ts';
import { createFileDigester } from '../../../src-main/store/file-digester.ts';
import { RunningDigests } from '../../../src-main/store/running-digests.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

/** A thread that takes bytes in like the real one, and dies of the second order it gets. */
const DIES = `
const { parentPort } = require('node:worker_threads');
let orders = 0;
parentPort.on('message', ({ digest }) => {
  orders += 1;
  if (orders === 2) throw new Error('out of memory');
  parentPort.postMessage({ digest, sums: null });
});`;

/** A block of shared memory, so that another thread looks at it, and the same bytes, which are looked at here. */
function blockOf(seed: number): { readonly there: Uint8Array; readonly here: Uint8Array } {
  const here = randomBytes(BLOCK_BYTES);
  here[0] = seed;
  const there = blockPool.take();
  there.set(here);
  return { there, here };
}

describe('what is written and what is read again', () => {
  const blocks = [1, 2, 3].map(blockOf);
  const last = randomBytes(1001);

  async function compare(written: readonly Uint8Array[], again: readonly Uint8Array[]) {
    const pair = createFileDigester().beginPair();
    for (const bytes of written) await pair.written.update(bytes);
    for (const bytes of again) await pair.again.update(bytes);
    return { sha256: await pair.written.finish(), isSame: await pair.again.finish() };
  }

  it('are the same however they came in pieces, and whichever thread looked at them', async () => {
    const written = [...blocks.map(({ there }) => there), last];
    const sha256 = createHash('sha256').update(Buffer.concat(written)).digest('hex');
    expect(await compare(written, written)).toEqual({ sha256, isSame: true });
    const whole = Buffer.concat([...blocks.map(({ here }) => here), last]);
    expect(await compare(written, [whole])).toEqual({ sha256, isSame: true });
    expect(await compare(written, [whole.subarray(0, 5), whole.subarray(5)])).toEqual({ sha256, isSame: true });
    expect(await compare([], [])).toMatchObject({ isSame: true });
  });

  it('are not the same where a bit is another one, blocks changed places, or the end is missing', async () => {
    const written = blocks.map(({ there }) => there);
    const whole = Buffer.concat(blocks.map(({ here }) => here));
    for (const at of [0, BLOCK_BYTES, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await compare(written, [changed])).toMatchObject({ isSame: false });
    }
    expect(await compare(written, written.toReversed())).toMatchObject({ isSame: false });
    expect(await compare(written, written.slice(0, 2))).toMatchObject({ isSame: false });
    expect(await compare(written, [...written, Uint8Array.of(0)])).toMatchObject({ isSame: false });
    expect(await compare(written, [])).toMatchObject({ isSame: false });
  });

  it('are not compared before all is written', async () => {
    const pair = createFileDigester().beginPair();
    await expect(pair.again.finish()).rejects.toThrow('before all is written');
  });
});

describe('digests whose thread dies', () => {
  it('all fail, also those that nobody was asking at that moment, and none begins anew in its middle', async () => {
    using folder = new TempFolder();
    const script = folder.join('dies.cjs');
    writeFileSync(script, DIES);
    const digests = new RunningDigests(script);
    const [written, read] = [digests.begin(), digests.begin()];
    await written.update(blockPool.take());
    await expect(read.update(blockPool.take())).rejects.toThrow('out of memory');
    // The digest of no bytes would be the same for both, and would look like a file that was read back whole.
    await expect(written.finish()).rejects.toMatchObject({ code: 'SPOOL/READ_FAILED' });
    await expect(read.finish()).rejects.toMatchObject({ code: 'SPOOL/READ_FAILED' });
    await expect(written.update(blockPool.take())).rejects.toMatchObject({ code: 'SPOOL/READ_FAILED' });
    written.drop();
  });
});
