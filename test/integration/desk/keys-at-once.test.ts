import { describe, expect, it } from 'vitest';
import { openKey } from '../../../src-main/app/pseudonym-keys.ts';
import { newTestHome } from './runs-rig.ts';

describe('pseudonym keys', { timeout: 60_000 }, () => {
  it('are made once, however many looks need one at the same time, in one process or two', async () => {
    await using home = newTestHome();
    const desks = [await home.open(), await home.open()];
    // The first export or look makes the ledger.
    await desks[0]?.core.keys.add({ name: 'another' });
    const own = 'connection:sample';
    const opened = await Promise.all([...desks, ...desks, ...desks].map(async ({ desk }) => openKey(desk.core, own)));
    expect(new Set(opened.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(new Set(opened.map(({ master }) => Buffer.from(master).toString('hex'))).size).toBe(1);
    const keys = await desks[1]?.core.keys.list();
    expect(keys?.find(({ name }) => name === own)?.fingerprint).toBe(opened[0]?.fingerprint);
  });

  it('of one name are made once, and whoever comes second is told', async () => {
    await using home = newTestHome();
    const { core } = await home.open();
    await core.keys.add({ name: 'another' });
    const made = await Promise.allSettled([core.keys.add({ name: 'crm' }), core.keys.add({ name: 'crm' })]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const second = made.find((one) => one.status === 'rejected');
    expect(second?.reason).toMatchObject({ data: { code: 'MASK/KEY_EXISTS' } });
  });
});
