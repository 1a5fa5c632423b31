import { describe, expect, it } from 'vitest';
import { SpaceWatch } from '../../../../src-main/engine/run/space-watch.ts';
import { MemoryStore } from '../../../fakes/memory-store.ts';

describe('a volume without enough space', () => {
  it('is told in units that people read', async () => {
    const store = new MemoryStore();
    Object.assign(store.read, { freeBytes: () => Promise.resolve(1536) });
    await expect(new SpaceWatch(store, '/out').require(3 * 1024 ** 3)).rejects.toMatchObject({
      code: 'SPOOL/DISK_FULL',
      message: 'Only 1.5 KiB are free in /out; at least 3.0 GiB are needed.',
      context: { free: 1536 },
    });
  });
});
