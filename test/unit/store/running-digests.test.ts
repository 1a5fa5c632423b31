import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockPool } from '../../../src-main/engine/run/block-pool.ts';
import { RunningDigests } from '../../../src-main/store/running-digests.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

/** A thread that takes bytes in like the real one, and dies of the second order it gets. */
const DIES = `
const { parentPort } = require('node:worker_threads');
let orders = 0;
parentPort.on('message', ({ digest }) => {
  orders += 1;
  if (orders === 2) throw new Error('out of memory');
  parentPort.postMessage({ digest, sha256: null });
});`;

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
