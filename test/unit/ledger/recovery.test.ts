import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadLedgerKey } from '../../../src-main/ledger/ledger-key.ts';
import { openLedger, placeOf } from '../../../src-main/ledger/open-ledger.ts';
import { currentLedger } from '../../../src-main/ledger/current-ledger.ts';
import { ledgerPaths } from '../../../src-main/ledger/ledger-paths.ts';
import { readCommitted } from '../../../src-main/ledger/read-committed.ts';
import { openLedgerReader } from '../../../src-main/ledger/read-ledger.ts';
import type { StoreReader } from '../../../src-main/ports/store.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { formatCheckpoint } from '../../../src-shared/proof/checkpoint.ts';
import { formatNote } from '../../../src-shared/proof/note.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { ledgerHome, type TestLedgerHome } from '../../fakes/ledger-home.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { entriesOf, fingerprint, folderOf, typesOf } from './ledger-folder.ts';

let folder: TempFolder;
let home: TestLedgerHome;
let files: { entries: string; checkpoint: string };
/** The ledger of four entries, and one entry more that no checkpoint counts yet. */
let saved: { entries: Buffer; checkpoint: Buffer; unsigned: Buffer };

beforeAll(async () => {
  folder = new TempFolder();
  home = ledgerHome(folder.path);
  const ledger = await openLedger(home);
  for (let i = 0; i < 3; i++) await ledger.append('export.started', { i });
  files = { entries: join(folderOf(home), 'entries.jsonl'), checkpoint: join(folderOf(home), 'checkpoint') };
  const [entries, checkpoint] = [readFileSync(files.entries), readFileSync(files.checkpoint)];
  await ledger.append('export.completed', { text: 'ünïcødé' });
  saved = { entries, checkpoint, unsigned: readFileSync(files.entries).subarray(entries.length) };
});
beforeEach(() => put(saved.entries, saved.checkpoint));
afterAll(() => folder[Symbol.dispose]());

function put(entries: Uint8Array, checkpoint: Uint8Array): void {
  writeFileSync(files.entries, entries);
  writeFileSync(files.checkpoint, checkpoint);
  for (const name of tornFiles()) rmSync(join(folderOf(home), name));
}

function tornFiles(): string[] {
  return readdirSync(folderOf(home)).filter((name) => name.startsWith('torn-'));
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >>> 3] = (changed[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

function isDamage(error: unknown): boolean {
  return isAppError(error, 'LEDGER/BROKEN') || isAppError(error, 'LEDGER/TRUNCATED');
}

function inMemory(disk: ReadonlyMap<string, Buffer>): Pick<StoreReader, 'file' | 'blocks'> {
  return {
    file: (path) => Promise.resolve(disk.get(path) ?? null),
    blocks: async function* (path, start = 0) {
      yield await Promise.resolve(disk.get(path)?.subarray(start) ?? Buffer.alloc(0));
    },
  };
}

describe('what a crash leaves behind the signed entries', () => {
  it('is quarantined when it is torn, at whatever byte', async () => {
    for (let length = 1; length < saved.unsigned.length; length++) {
      const torn = saved.unsigned.subarray(0, length);
      put(Buffer.concat([saved.entries, torn]), saved.checkpoint);
      await openLedger(home);
      const [name, ...others] = tornFiles();
      expect(others).toEqual([]);
      expect(name).toMatch(/^torn-4-\d{8}T\d{9}Z\.bin$/);
      expect(readFileSync(join(folderOf(home), name ?? '')).equals(torn)).toBe(true);
    }
    const ledger = await openLedger(home);
    expect((await ledger.append('export.failed', {})).seq).toBe(5);
    const entries = await entriesOf(home);
    expect(entries[4]?.entry).toMatchObject({
      type: 'ledger.recovered',
      data: { from: 4, to: 4, tornBytes: saved.unsigned.length - 1 },
    });
  }, 60_000);

  it('is adopted when it is a whole entry', async () => {
    put(Buffer.concat([saved.entries, saved.unsigned]), saved.checkpoint);
    await openLedger(home);
    expect((await typesOf(home)).slice(4)).toEqual(['export.completed', 'ledger.recovered']);
    expect((await entriesOf(home))[5]?.entry).toMatchObject({ data: { from: 4, to: 5, tornBytes: 0 } });
    expect(tornFiles()).toEqual([]);
  });

  it('is adopted up to where it is torn', async () => {
    put(Buffer.concat([saved.entries, saved.unsigned, Buffer.from('{"data":{')]), saved.checkpoint);
    await openLedger(home);
    expect((await entriesOf(home))[5]?.entry).toMatchObject({ data: { from: 4, to: 5, tornBytes: 9 } });
  });

  it('counts as torn where pages never reached the disk', async () => {
    const page = Buffer.from(saved.unsigned).fill(0, 0, 100);
    put(Buffer.concat([saved.entries, page]), saved.checkpoint);
    await openLedger(home);
    expect(tornFiles()).toHaveLength(1);
  });

  it('is recovered by the next append of a process that was open all the time', async () => {
    const ledger = await openLedger(home);
    writeFileSync(files.entries, Buffer.concat([saved.entries, saved.unsigned]));
    expect((await ledger.append('export.failed', {})).seq).toBe(6);
    expect((await typesOf(home)).slice(4)).toEqual(['export.completed', 'ledger.recovered', 'export.failed']);
  });

  for (const [what, tail] of [
    ['an entry of another place', () => saved.entries.subarray(0, saved.entries.indexOf(10) + 1)],
    ['text', () => Buffer.from('hello\n')],
    ['an empty line', () => Buffer.from('\n')],
    ['a line without end', () => Buffer.alloc(70_000, 'x')],
  ] as const) {
    it(`breaks the ledger when it is ${what}`, async () => {
      put(Buffer.concat([saved.entries, tail()]), saved.checkpoint);
      const before = fingerprint(folderOf(home));
      await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/BROKEN', context: { seq: 4 } });
      expect(fingerprint(folderOf(home))).toEqual(before);
    });
  }
});

describe('damage', () => {
  it('of one bit in any signed byte is seen', async () => {
    const known = await currentLedger(placeOf(home));
    if (known === null) throw new Error('no ledger');
    const request = { paths: ledgerPaths(known.folder), key: known.key };
    const disk = new Map([
      [files.entries, saved.entries],
      [files.checkpoint, saved.checkpoint],
    ]);
    const reader = { ...home.store.read, ...inMemory(disk) };
    expect((await readCommitted({ ...request, reader }, null)).state.frontier.size).toBe(4);
    for (const [path, bytes] of [...disk]) {
      for (let bit = 0; bit < 8 * bytes.length; bit++) {
        disk.set(path, flipped(bytes, bit));
        await expect(readCommitted({ ...request, reader }, null)).rejects.toSatisfy(isDamage, `bit ${bit} of ${path}`);
      }
      disk.set(path, bytes);
    }
  }, 60_000);

  it('is never opened and never repaired', async () => {
    for (const [path, bytes] of [
      [files.entries, saved.entries],
      [files.checkpoint, saved.checkpoint],
    ] as const) {
      for (let bit = 0; bit < 8 * bytes.length; bit += 101) {
        put(saved.entries, saved.checkpoint);
        writeFileSync(path, flipped(bytes, bit));
        const before = fingerprint(folderOf(home));
        await expect(openLedger(home)).rejects.toSatisfy(isDamage, `bit ${bit} of ${path}`);
        expect(fingerprint(folderOf(home))).toEqual(before);
      }
    }
  }, 60_000);

  it('names the first entry that is wrong', async () => {
    const lines = saved.entries.toString().split('\n');
    for (const seq of [0, 1, 2, 3]) {
      const changed = lines.map((line, i) => (i === seq ? line.replace('jdoe', 'jdof') : line)).join('\n');
      writeFileSync(files.entries, changed);
      await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/BROKEN', context: { seq } });
    }
  });

  it.each([
    ['the last entry is gone', (text: string) => text.split('\n').slice(0, 3).join('\n') + '\n'],
    ['the last entry lost its end', (text: string) => text.slice(0, -1)],
    ['all is gone', () => ''],
  ])('is called a cut when %s', async (_, change) => {
    writeFileSync(files.entries, change(saved.entries.toString()));
    const before = fingerprint(folderOf(home));
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/TRUNCATED' });
    expect(fingerprint(folderOf(home))).toEqual(before);
  });

  it('is called a cut when the file of the entries is gone, and left so', async () => {
    rmSync(files.entries);
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/TRUNCATED' });
    expect(readdirSync(folderOf(home))).not.toContain('entries.jsonl');
  });

  it('is reported when the checkpoint is gone', async () => {
    rmSync(files.checkpoint);
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/BROKEN' });
  });

  it('is reported when the whole folder is gone, and no new ledger is made', async () => {
    const kept = folderOf(home);
    renameSync(kept, `${kept}.kept`);
    try {
      await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/TRUNCATED' });
      await expect((await openLedgerReader(placeOf(home))).checkpoint()).rejects.toMatchObject({
        code: 'LEDGER/TRUNCATED',
      });
    } finally {
      renameSync(`${kept}.kept`, kept);
    }
  });

  it('is seen by readers too, who write nothing', async () => {
    const lines = saved.entries.toString().split('\n');
    const last = lines.map((line, i) => (i === 3 ? line.replace('jdoe', 'jdof') : line)).join('\n');
    for (const [entries, code] of [
      [last, 'LEDGER/BROKEN'],
      [saved.entries.toString().replace('jdoe', 'jdof'), 'LEDGER/BROKEN'],
      [saved.entries.subarray(0, -30), 'LEDGER/TRUNCATED'],
      [`${'x'.repeat(70_000)}${saved.entries.toString()}`, 'LEDGER/BROKEN'],
    ] as const) {
      writeFileSync(files.entries, entries);
      const before = fingerprint(folder.path);
      await expect(entriesOf(home)).rejects.toMatchObject({ code });
      expect(fingerprint(folder.path)).toEqual(before);
    }
  });
});

describe('a ledger that is not the one it was', () => {
  it('is refused when the checkpoint is newer than the entries', async () => {
    const ledger = await openLedger(home);
    await ledger.append('export.started', {});
    writeFileSync(files.entries, saved.entries);
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/TRUNCATED' });
    await expect(ledger.append('export.started', {})).rejects.toMatchObject({ code: 'LEDGER/TRUNCATED' });
  });

  it('is refused when a checkpoint of the same size signs another root', async () => {
    const known = await currentLedger(placeOf(home));
    if (known === null) throw new Error('no ledger');
    const { key, signer } = await loadLedgerKey(home, known.key);
    const text = formatCheckpoint({ origin: key.name, size: 4, root: new Uint8Array(32) });
    const note = formatNote(text, [{ name: key.name, keyId: key.keyId, signature: signer.sign(utf8(text)) }]);
    writeFileSync(files.checkpoint, note);
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/BROKEN' });
  });

  it('is a fork for a process that knew more of it, or something else', async () => {
    const [longer, other] = [await openLedger(home), await openLedger(home)];
    await longer.append('export.started', { one: 1 });
    put(saved.entries, saved.checkpoint);
    await expect(longer.append('export.started', {})).rejects.toMatchObject({ code: 'LEDGER/FORKED' });
    const second = await openLedger(home);
    await second.append('export.started', { one: 1 });
    put(saved.entries, saved.checkpoint);
    await other.append('export.started', { another: 1 });
    await other.append('export.started', { another: 2 });
    await expect(second.append('export.started', {})).rejects.toMatchObject({ code: 'LEDGER/FORKED' });
    // Once it failed, the object stays dead.
    await expect(second.append('export.started', {})).rejects.toMatchObject({ code: 'LEDGER/WRITE_FAILED' });
  });
});

describe('the key', () => {
  const keyFile = (name: string) => join(home.keysFolder, name);

  it('of another ledger, a damaged one, and none are told from the ledger’s own', async () => {
    using elsewhere = new TempFolder();
    const stranger = ledgerHome(elsewhere.path);
    await openLedger(stranger);
    const own = readFileSync(keyFile('ledger.key.enc'));
    try {
      for (const content of [readFileSync(join(stranger.keysFolder, 'ledger.key.enc')), 'no key', '']) {
        writeFileSync(keyFile('ledger.key.enc'), content);
        await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/KEY_LOST' });
      }
      rmSync(keyFile('ledger.key.enc'));
      await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/KEY_LOST' });
    } finally {
      writeFileSync(keyFile('ledger.key.enc'), own);
    }
  });

  it('is lost when the vault lost its passphrase; reading goes on', async () => {
    const secrets = [...home.vault.secrets];
    home.vault.secrets.clear();
    try {
      await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/KEY_LOST' });
      expect((await entriesOf(home)).length).toBe(4);
    } finally {
      for (const [name, secret] of secrets) home.vault.secrets.set(name, secret);
    }
  });

  it('that is public and was exchanged does not open the ledger', async () => {
    using elsewhere = new TempFolder();
    const stranger = ledgerHome(elsewhere.path);
    await openLedger(stranger);
    const own = readFileSync(keyFile('log.vkey'), 'utf8');
    const foreign = readFileSync(join(stranger.keysFolder, 'log.vkey'), 'utf8');
    try {
      // Another name and key: that ledger is not here.
      writeFileSync(keyFile('log.vkey'), foreign);
      await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/TRUNCATED' });
      for (const damaged of [own.replace('waybill', 'weybill'), own.slice(0, -3), '']) {
        writeFileSync(keyFile('log.vkey'), damaged);
        await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/BROKEN' });
      }
      rmSync(keyFile('log.vkey'));
      await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/KEY_LOST' });
    } finally {
      writeFileSync(keyFile('log.vkey'), own);
    }
  });

  it('of another ledger does not open a copy of that ledger in this one’s place', async () => {
    using elsewhere = new TempFolder();
    const stranger = ledgerHome(elsewhere.path);
    await openLedger(stranger);
    for (const name of ['entries.jsonl', 'checkpoint'])
      cpSync(join(folderOf(stranger), name), join(folderOf(home), name));
    await expect(openLedger(home)).rejects.toMatchObject({ code: 'LEDGER/BROKEN' });
  });
});
