import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownLedgers } from '../../../src-main/ledger/current-ledger.ts';
import { openLedger, placeOf } from '../../../src-main/ledger/open-ledger.ts';
import { openLedgerReader } from '../../../src-main/ledger/read-ledger.ts';
import { startLedger } from '../../../src-main/ledger/start-ledger.ts';
import { ledgerHome } from '../../fakes/ledger-home.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { entriesOf, typesOf } from './ledger-folder.ts';

describe('starting a ledger', () => {
  it('of an owner names the owner in its origin', async () => {
    using folder = new TempFolder();
    const ledger = await startLedger(ledgerHome(folder.path), { org: 'Example.COM' });
    expect(ledger.origin).toMatch(/^example\.com\/waybill-ledger\/[0-9a-f-]{36}$/);
  });

  it.each(['', 'example', 'a b.com', 'a/b.com', 'x.com\n', '+.com'])('refuses the owner "%s"', async (org) => {
    using folder = new TempFolder();
    await expect(startLedger(ledgerHome(folder.path), { org })).rejects.toMatchObject({ code: 'CLI/USAGE' });
  });

  it('in a home that has one needs the name of the one it follows', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    await openLedger(home);
    await expect(startLedger(home, {})).rejects.toMatchObject({ code: 'LEDGER/EXISTS' });
    await expect(startLedger(home, { after: 'waybill-ledger/other' })).rejects.toMatchObject({ code: 'LEDGER/ABSENT' });
    expect(await typesOf(home)).toEqual(['ledger.created']);
  });

  it('after another closes that one, names its last checkpoint, and keeps it for verification', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const old = await openLedger(home);
    const ledger = await startLedger(home, { after: old.origin });
    const reader = await openLedgerReader(placeOf(home), old.origin);
    expect(reader).toMatchObject({ current: false, key: { vkey: old.vkey } });
    expect((await reader.entry(1)).entry).toMatchObject({ type: 'ledger.closed' });
    const { note } = await reader.checkpoint();
    expect((await entriesOf(home))[0]?.entry).toMatchObject({
      data: { origin: ledger.origin, after: { origin: old.origin, checkpoint: note } },
    });
    const known = await knownLedgers(placeOf(home));
    expect(known.map(({ key, current }) => [key.name, current])).toEqual([
      [ledger.origin, true],
      [old.origin, false],
    ]);
    expect(readdirSync(join(home.keysFolder, 'retired'))).toHaveLength(2);
  });

  it('goes on where the key of the old one is lost', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const old = await openLedger(home);
    home.vault.secrets.clear();
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/KEY_LOST' });
    await startLedger(home, { after: old.origin });
    await (await openLedger(home)).append('export.started', {});
    expect(await typesOf(home)).toEqual(['ledger.created', 'export.started']);
    const reader = await openLedgerReader(placeOf(home), old.origin);
    expect((await reader.checkpoint()).size).toBe(1);
  });

  it('goes on where even the public key of the old one is lost', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const old = await openLedger(home);
    rmSync(home.keysFolder, { recursive: true });
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/KEY_LOST' });
    await startLedger(home, { after: old.origin });
    expect((await entriesOf(home))[0]?.entry).toMatchObject({
      data: { after: { origin: old.origin, checkpoint: null } },
    });
  });

  it('can be done again and again', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    let { origin } = await openLedger(home);
    for (let i = 0; i < 3; i++) ({ origin } = await startLedger(home, { after: origin }));
    expect(await knownLedgers(placeOf(home))).toHaveLength(4);
    expect(await typesOf(home)).toEqual(['ledger.created']);
  });
});
