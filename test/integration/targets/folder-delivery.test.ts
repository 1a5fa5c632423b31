import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addPartner,
  deliver,
  deliveriesOf,
  digestsBelow,
  filesBelow,
  newHome,
  writePackage,
  type Home,
} from './rig.ts';

describe('delivery to a folder', () => {
  let home: Home;
  let inbox: string;
  beforeEach(async () => {
    home = await newHome();
    inbox = home.folder.join('inbox');
    mkdirSync(inbox);
    await addPartner(home, { type: 'folder', options: { path: inbox } });
  });
  afterEach(() => home[Symbol.dispose]());

  it('copies the package for its owner alone, writes it down, and finds it there again', async () => {
    const folder = writePackage(home, 3_000_000, { name: 'sample' });
    const result = await deliver(home, { folder });
    expect(result).toMatchObject({ already: false, hostKey: null });
    expect(digestsBelow(`${inbox}/sample`)).toEqual(digestsBelow(folder));
    expect(new Set(Object.values(filesBelow(inbox)).map((file) => file.mode))).toEqual(new Set([0o600]));
    await expect(deliver(home, { folder })).resolves.toMatchObject({ already: true });
    expect(deliveriesOf(home).map((entry) => entry.type)).toEqual([
      ...['delivery.started', 'delivery.sent'],
      ...['delivery.started', 'delivery.confirmed'],
    ]);
  });

  it('replaces half a file of an earlier try', async () => {
    const folder = writePackage(home, 1000, { name: 'sample' });
    mkdirSync(`${inbox}/sample/data`, { recursive: true });
    writeFileSync(`${inbox}/sample/data/customers.csv.part`, 'half');
    await deliver(home, { folder });
    expect(digestsBelow(`${inbox}/sample`)).toEqual(digestsBelow(folder));
  });

  it('follows no link below its folder', async () => {
    const folder = writePackage(home, 1000, { name: 'sample' });
    const elsewhere = home.folder.join('elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(`${inbox}/sample`);
    symlinkSync(elsewhere, `${inbox}/sample/data`);
    await expect(deliver(home, { folder })).rejects.toMatchObject({ code: 'TARGET/FAILED' });
    expect(filesBelow(elsewhere)).toEqual({});
  });
});
