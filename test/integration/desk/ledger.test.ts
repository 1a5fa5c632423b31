import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyPath } from '../../../src-main/app/verify-path.ts';
import { keyFingerprint, parseVkey } from '../../../src-shared/proof/vkey.ts';
import { nodePrimitives } from '../../fakes/node-primitives.ts';
import { runSample, samplePlan } from '../runs/rig.ts';
import { addPartner, deliver, NO_SECRETS } from '../targets/rig.ts';
import { codeOf, newDesk, type DeskHome } from './evidence-rig.ts';

const ALL = { from: 0, count: 500 };

async function ledgerFolderOf(home: DeskHome): Promise<string> {
  return (await home.call.ledger.status({})).folder ?? '';
}

async function withLedger(entries = 5): Promise<DeskHome> {
  const home = await newDesk();
  const ledger = await home.core.ledger();
  for (let n = 1; n < entries; n++) {
    await ledger.append(n % 2 === 0 ? 'plan.created' : 'data.previewed', {
      outcome: 'success',
      plan: { name: `plan-${n}` },
    });
  }
  return home;
}

function changeLine(folder: string, seq: number, change: (line: string) => string): void {
  const path = join(folder, 'entries.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  lines[seq] = change(lines[seq] ?? '');
  writeFileSync(path, lines.join('\n'));
}

describe('a home without a ledger', () => {
  it('says so, makes none, and lists nothing', async () => {
    await using home = await newDesk();
    expect(await home.call.ledger.status({})).toMatchObject({ state: 'absent', size: 0, result: null });
    expect(await codeOf(home.call.ledger.page(ALL))).toBe('LEDGER/ABSENT');
    expect(existsSync(home.core.home.ledgerFolder) ? readdirSync(home.core.home.ledgerFolder) : []).toEqual([]);
  });
});

describe('the ledger of a run and its delivery', () => {
  it('is listed newest first with who, from, to and rows, and says which checkpoint a delivery took along', async () => {
    await using home = await newDesk();
    mkdirSync(home.folder.join('partner'));
    await addPartner(home, { type: 'folder', options: { path: home.folder.join('partner') }, secrets: NO_SECRETS });
    const run = await runSample(home, samplePlan());
    await deliver(home, { folder: run.package ?? '' });
    const { size, matching, lines } = await home.call.ledger.page(ALL);
    expect([size, matching, lines.length]).toEqual([lines.length, lines.length, lines.length]);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => size - 1 - index));
    const completed = lines.find(({ type }) => type === 'export.completed');
    expect(completed).toMatchObject({ outcome: 'done', run: run.run, flaw: null });
    expect(completed?.rows).toBeGreaterThan(0);
    expect(lines.find(({ type }) => type === 'export.started')).toMatchObject({ outcome: null, from: 'sample' });
    expect(lines[0]).toMatchObject({ type: 'delivery.sent', to: 'partner' });
    const seal = lines.find(({ type }) => type === 'package.sealed');
    expect(seal).toMatchObject({ run: run.run });
    const { carried, result } = await home.call.ledger.status({});
    expect(carried).toMatchObject({ size: (seal?.seq ?? 0) + 1, seq: size - 1, to: 'partner' });
    expect(result?.verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('is handed over as a bundle that verifies, which is an entry of its own', async () => {
    await using home = await withLedger();
    const out = home.folder.join('audit');
    const made = await home.call.ledger.bundle({ out, withoutSql: true });
    expect(made).toMatchObject({ path: out, entries: 6 });
    const verdict = await verifyPath({ path: out, reader: home.core.store.read, cwd: out, trusted: [] });
    expect(verdict).toMatchObject({ kind: 'bundle', verdict: 'CONSISTENT, NOT ANCHORED', size: 6 });
    expect((await home.call.ledger.page(ALL)).lines[0]?.type).toBe('ledger.exported');
    expect(await codeOf(home.call.ledger.bundle({ out, withoutSql: true }))).toBe('SPOOL/EXISTS');
    expect(await codeOf(home.call.ledger.bundle({ out: 'audit', withoutSql: true }))).toBe('APP/PATH_RELATIVE');
  });

  it('gives its checkpoint, verbatim, with the key', async () => {
    await using home = await withLedger();
    const { checkpoint, vkey } = await home.call.ledger.checkpoint();
    expect(checkpoint).toBe(readFileSync(join(await ledgerFolderOf(home), 'checkpoint'), 'utf8'));
    const key = parseVkey(nodePrimitives, vkey);
    const { fingerprint, origin } = await home.call.ledger.status({});
    expect(key.ok && [keyFingerprint(nodePrimitives, key.value), key.value.name]).toEqual([fingerprint, origin]);
  });
});

describe('the list', () => {
  it('is paged, filtered by words and by facets, and counts what matches', async () => {
    await using home = await withLedger(8);
    const page = await home.call.ledger.page({ from: 2, count: 3 });
    expect([page.size, page.matching, page.lines.map(({ seq }) => seq)]).toEqual([8, 8, [5, 4, 3]]);
    const sought = await home.call.ledger.page({ ...ALL, filter: { text: 'PLAN-4 created' } });
    expect(sought.lines.map(({ seq }) => seq)).toEqual([4]);
    const facets = await home.call.ledger.facets();
    expect(facets.nouns).toEqual([
      { value: 'data', count: 4 },
      { value: 'plan', count: 3 },
      { value: 'ledger', count: 1 },
    ]);
    const plans = await home.call.ledger.page({ ...ALL, filter: { withoutNouns: ['data', 'ledger'] } });
    expect([plans.size, plans.matching]).toEqual([8, 3]);
    expect((await home.call.ledger.page({ ...ALL, filter: { text: 'no such entry' } })).matching).toBe(0);
  });

  it('has what was appended since, by this process and by another', async () => {
    await using home = await withLedger(3);
    expect((await home.call.ledger.page(ALL)).size).toBe(3);
    await (await home.core.ledger()).append('plan.created', { plan: { name: 'later' } });
    const { size, lines } = await home.call.ledger.page(ALL);
    expect([size, lines[0]?.about]).toEqual([4, 'later']);
    expect((await home.call.ledger.status({})).size).toBe(4);
  });
});

describe('an entry', () => {
  it('comes with its exact line and a proof whose steps lead to the signed root', async () => {
    await using home = await withLedger(7);
    const folder = await ledgerFolderOf(home);
    for (let seq = 0; seq < 7; seq++) {
      const entry = await home.call.ledger.entry({ seq });
      expect(entry.line).toBe(readFileSync(join(folder, 'entries.jsonl'), 'utf8').split('\n')[seq]);
      expect(entry.entry).toEqual(JSON.parse(entry.line));
      expect(entry.proof).toMatchObject({ size: 7, holds: true });
      expect(entry.proof.steps.at(-1)?.result).toBe(entry.proof.signedRoot);
      const next = seq === 6 ? null : entry.leafHash;
      expect(entry.namedByNext).toBe(next);
    }
    expect(await codeOf(home.call.ledger.entry({ seq: 7 }))).toBe('LEDGER/ENTRY_ABSENT');
  });
});

describe('a broken ledger', () => {
  it('is called so where an entry was changed, names it, and still lists what can be read', async () => {
    await using home = await withLedger(6);
    const folder = await ledgerFolderOf(home);
    changeLine(folder, 2, (line) => line.replace('plan-2', 'plan-X'));
    const { state, result } = await home.call.ledger.status({});
    expect([state, result?.verdict]).toEqual(['broken', 'BROKEN']);
    expect(result?.findings[0]).toMatchObject({ code: 'ENTRY_CHANGED', seq: 2 });
    expect((await home.call.ledger.page(ALL)).lines.map(({ about }) => about)).toContain('plan-X');
    const entry = await home.call.ledger.entry({ seq: 2 });
    expect(entry.proof.holds).toBe(false);
    expect(entry.namedByNext).not.toBe(entry.leafHash);
  });

  it('says that a change goes on being there: the verdict is not kept from before', async () => {
    await using home = await withLedger(4);
    const folder = await ledgerFolderOf(home);
    expect((await home.call.ledger.status({})).state).toBe('holds');
    changeLine(folder, 1, () => 'no JSON');
    expect((await home.call.ledger.status({})).state).toBe('broken');
    const line = (await home.call.ledger.page(ALL)).lines.find(({ seq }) => seq === 1);
    expect(line).toMatchObject({ type: '', flaw: 'It is not a JSON object in UTF-8.' });
    expect((await home.call.ledger.entry({ seq: 1 })).line).toBe('no JSON');
  });

  it('is one that was cut, lost its checkpoint, its folder, or the key that this home knew it by', async () => {
    await using cut = await withLedger(5);
    truncateSync(join(await ledgerFolderOf(cut), 'entries.jsonl'), 700);
    expect((await cut.call.ledger.status({})).result?.findings[0]?.code).toBe('LEDGER_TRUNCATED');
    await using headless = await withLedger(5);
    rmSync(join(await ledgerFolderOf(headless), 'checkpoint'));
    expect(await headless.call.ledger.status({})).toMatchObject({ state: 'broken', size: 5 });
    await using gone = await withLedger(5);
    const folder = await ledgerFolderOf(gone);
    renameSync(folder, `${folder}-away`);
    expect(await gone.call.ledger.status({})).toMatchObject({ state: 'broken' });
    await using keyless = await withLedger(5);
    rmSync(join(keyless.core.home.keysFolder, 'log.vkey'));
    const { state, result } = await keyless.call.ledger.status({});
    expect([state, result?.findings[0]?.message]).toEqual(['broken', expect.stringContaining('public key')]);
  });

  it('is one that was signed anew as a whole with another key', async () => {
    await using home = await withLedger(3);
    await using other = await withLedger(3);
    const [mine, theirs] = [await ledgerFolderOf(home), await ledgerFolderOf(other)];
    for (const name of ['entries.jsonl', 'checkpoint', 'log.vkey'])
      writeFileSync(join(mine, name), readFileSync(join(theirs, name)));
    const { state, result } = await home.call.ledger.status({});
    expect([state, result?.findings[0]?.code]).toEqual(['broken', 'SIGNER_MISMATCH']);
  });
});

it('verifies again only when a file has changed or a person asks', async () => {
  await using home = await withLedger(4);
  const first = await home.call.ledger.status({});
  expect((await home.call.ledger.status({})).checkedAt).toBe(first.checkedAt);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await home.call.ledger.status({ fresh: true })).checkedAt).not.toBe(first.checkedAt);
  appendFileSync(join(first.folder ?? '', 'entries.jsonl'), 'a torn li');
  expect((await home.call.ledger.status({})).state).toBe('holds');
});
