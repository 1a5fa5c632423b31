import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../src-main/ledger/node-primitives.ts';
import { openLedger, placeOf } from '../../../src-main/ledger/open-ledger.ts';
import { openLedgerReader } from '../../../src-main/ledger/read-ledger.ts';
import { leafHash } from '../../../src-shared/proof/merkle.ts';
import { parseTlogProof, verifyTlogProof } from '../../../src-shared/proof/tlog-proof.ts';
import { parseVkey, type VerifierKey } from '../../../src-shared/proof/vkey.ts';
import { toHex } from '../../../src-shared/util/hex.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { INSTALLATION, ledgerHome } from '../../fakes/ledger-home.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { entriesOf, fingerprint, folderOf, typesOf } from './ledger-folder.ts';

const RUN = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

function keyOf(vkey: string): VerifierKey {
  const key = parseVkey(nodePrimitives, vkey);
  if (!key.ok) throw new Error(key.reason);
  return key.value;
}

describe('a new ledger', () => {
  it('begins with its creation and knows its key', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    const [first, ...rest] = await entriesOf(home);
    expect(rest).toEqual([]);
    expect(ledger.origin).toMatch(/^waybill-ledger\/[0-9a-f-]{36}$/);
    expect(first?.entry).toMatchObject({
      kind: 'event',
      type: 'ledger.created',
      source: `urn:waybill:installation:${INSTALLATION}`,
      data: {
        origin: ledger.origin,
        vkey: ledger.vkey,
        registration: null,
        actor: { osUser: 'jdoe' },
        app: { version: '0.1.0' },
        host: { name: 'desk' },
      },
    });
    expect(ledger.throwAway).toBe(false);
  });

  it('says in entry 0 that it is throw-away, and so does every later opening', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path, { throwAway: true });
    home.vault.durable = false;
    expect((await openLedger(home)).throwAway).toBe(true);
    expect((await openLedger({ ...home, throwAway: false })).throwAway).toBe(true);
    expect((await entriesOf(home))[0]?.entry).toMatchObject({ data: { throwAway: true } });
  });

  it('is not made when the vault would forget its key', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    home.vault.durable = false;
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    expect(readdirSync(home.ledgerFolder)).toEqual(['create.sqlite']);
  });

  it('is the same for all who open it at once', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledgers = await Promise.all(Array.from({ length: 5 }, () => openLedger(home)));
    expect(new Set(ledgers.map((ledger) => ledger.vkey)).size).toBe(1);
    expect(await typesOf(home)).toEqual(['ledger.created']);
  });

  it('keeps its secret key encrypted, and every file to its owner', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    await ledger.append('export.started', {});
    const pem = readFileSync(join(home.keysFolder, 'ledger.key.enc'), 'utf8');
    expect(pem).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    expect(readFileSync(join(home.keysFolder, 'log.vkey'), 'utf8')).toBe(`${ledger.vkey}\n`);
    const [passphrase] = [...home.vault.secrets.values()];
    expect(Buffer.from(passphrase?.reveal() ?? '', 'base64').length).toBe(32);
    for (const name of readdirSync(folder.path, { recursive: true, encoding: 'utf8' })) {
      const found = statSync(folder.join(name));
      expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
    }
  });
});

describe('appending', () => {
  it('numbers and chains the entries, also across openings', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    for (let i = 0; i < 3; i++) {
      const ledger = await openLedger(home);
      expect(await ledger.append('export.started', { i })).toMatchObject({ seq: 2 * i + 1, size: 2 * i + 2 });
      home.clock.milliseconds += 5;
      await ledger.append('export.completed', { i });
    }
    const entries = await entriesOf(home);
    expect(entries.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(entries.slice(1).map(({ entry }) => entry.prev)).toEqual(
      entries.slice(0, -1).map(({ leafHash }) => leafHash),
    );
  });

  it('takes calls that are not awaited in their order', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    const positions = await Promise.all(Array.from({ length: 10 }, (_, i) => ledger.append('export.started', { i })));
    expect(positions.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('adopts what another opening of the same ledger added', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const [one, two] = [await openLedger(home), await openLedger(home)];
    for (let i = 0; i < 4; i++) {
      await one.append('export.started', { i });
      await two.append('export.completed', { i });
    }
    expect((await entriesOf(home)).length).toBe(9);
  });

  it('refuses an entry over 65,535 bytes and lives on', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    const long = { text: 'x'.repeat(70_000) };
    await expect(ledger.append('export.started', long)).rejects.toMatchObject({ code: 'LEDGER/ENTRY_TOO_LARGE' });
    expect((await ledger.append('export.failed', {})).seq).toBe(1);
  });

  it('says so when the clock went back, and counts from there', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    home.clock.milliseconds -= 60_000;
    expect(await ledger.append('export.started', {})).toMatchObject({ seq: 2, size: 3 });
    await ledger.append('export.completed', {});
    const entries = await entriesOf(home);
    expect(await typesOf(home)).toEqual(['ledger.created', 'clock.adjusted', 'export.started', 'export.completed']);
    expect(entries[1]?.entry).toMatchObject({
      time: '2026-11-23T07:04:00.123Z',
      data: { from: '2026-11-23T07:05:00.123Z', to: '2026-11-23T07:04:00.123Z' },
    });
  });

  it('seals a package with a proof that holds, whatever the size of the ledger', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    const manifest = 'ab'.repeat(32);
    for (let i = 0; i < 9; i++) {
      // Once with an entry of the clock in between.
      home.clock.milliseconds += i === 5 ? -1 : 1;
      const sealed = await ledger.seal(RUN, manifest);
      const proof = parseTlogProof(utf8(sealed.proof));
      if (!proof.ok) throw new Error(proof.reason);
      const leaf = leafHash(nodePrimitives, sealed.line);
      const verified = verifyTlogProof(nodePrimitives, proof.value, { leaf, known: [keyOf(ledger.vkey)] });
      expect(verified.ok && verified.value.size).toBe(sealed.size);
      expect(proof.value.index).toBe(sealed.seq);
      expect(toHex(leaf)).toBe(sealed.leafHash);
      expect(JSON.parse(Buffer.from(sealed.line).toString())).toMatchObject({ run: RUN, manifest, seq: sealed.seq });
    }
    expect((await typesOf(home)).filter((type) => type === 'clock.adjusted')).toHaveLength(1);
  });

  it('gives up when another process holds the ledger for too long, and can be tried again', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger({ ...home, lockTimeoutMs: 20 });
    {
      using _held = await home.locks.acquire(join(folderOf(home), 'lock.sqlite'), 0);
      await expect(ledger.append('export.started', {})).rejects.toMatchObject({ code: 'LEDGER/BUSY' });
    }
    expect((await ledger.append('export.started', {})).seq).toBe(1);
  });
});

describe('reading', () => {
  it('finds single entries and says which it does not have', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    await ledger.append('export.started', { run: 'x' });
    const reader = await openLedgerReader(placeOf(home));
    expect((await reader.entry(1)).entry).toMatchObject({ type: 'export.started' });
    expect((await reader.checkpoint()).size).toBe(2);
    await expect(reader.entry(2)).rejects.toMatchObject({ code: 'LEDGER/ENTRY_ABSENT' });
  });

  it('says that there is no ledger', async () => {
    using folder = new TempFolder();
    await expect(openLedgerReader(placeOf(ledgerHome(folder.path)))).rejects.toMatchObject({ code: 'LEDGER/ABSENT' });
  });

  it('takes no lock and writes nothing, and ignores what is not signed yet', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    await ledger.append('export.started', {});
    const entries = join(folderOf(home), 'entries.jsonl');
    writeFileSync(entries, `${readFileSync(entries, 'utf8')}half an ent`);
    const before = fingerprint(folder.path);
    using _held = await home.locks.acquire(join(folderOf(home), 'lock.sqlite'), 0);
    expect(await typesOf(home)).toEqual(['ledger.created', 'export.started']);
    expect(fingerprint(folder.path)).toEqual(before);
  });
});

describe('a long ledger', () => {
  it('is scanned from the cached frontier on, and from the start when the cache is wrong or gone', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    const ledger = await openLedger(home);
    for (let i = 0; i < 300; i++) await ledger.append('export.started', { i });
    const { readCommitted } = await import('../../../src-main/ledger/read-committed.ts');
    const { ledgerPaths } = await import('../../../src-main/ledger/ledger-paths.ts');
    const paths = ledgerPaths(folderOf(home));
    const key = keyOf(ledger.vkey);
    const starts: number[] = [];
    const { read } = home.store;
    const reader = {
      ...read,
      blocks: (path: string, start?: number) => {
        starts.push(start ?? 0);
        return read.blocks(path, start);
      },
    };
    const scan = async () => {
      starts.length = 0;
      const { state } = await readCommitted({ reader, paths, key, fullScanBytes: 0 }, null);
      expect(state.frontier.size).toBe(301);
      return starts.map((start) => (start === 0 ? 'start' : 'cache'));
    };
    expect(await scan()).toEqual(['cache']);
    const cache = JSON.parse(readFileSync(paths.frontier, 'utf8')) as { size: number; hashes: string[] };
    expect(cache.size).toBe(257);
    writeFileSync(paths.frontier, JSON.stringify({ ...cache, hashes: ['0'.repeat(64), ...cache.hashes.slice(1)] }));
    expect(await scan()).toEqual(['cache', 'start']);
    writeFileSync(paths.frontier, 'no JSON');
    expect(await scan()).toEqual(['start']);
    rmSync(paths.frontier);
    expect(await scan()).toEqual(['start']);
  });
});
