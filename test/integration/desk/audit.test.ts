import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../../src-shared/proof/vkey.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives } from '../../fakes/node-primitives.ts';
import { filesBelow, writePackage } from '../targets/rig.ts';
import { runSample, samplePlan } from '../runs/rig.ts';
import { RUN, sealPackage } from '../../unit/proof/build/build-package.ts';
import { bodiesOf, created, event, newSigner, TestLedger } from '../../unit/proof/build/build-ledger.ts';
import { textOf, withFile, type Files } from '../../unit/proof/build/memory-folder.ts';
import { codeOf, layOut, newDesk, type DeskHome } from './evidence-rig.ts';

const ALL = { from: 0, count: 500 };
const MANY = 100_000;

const signer = newSigner();

function ledgerOf(entries: number): Files {
  return new TestLedger(signer, bodiesOf(signer, entries)).files();
}

async function bundleOf(home: DeskHome): Promise<string> {
  const ledger = await home.core.ledger();
  for (const name of ['one', 'two', 'three']) await ledger.append('plan.created', { plan: { name } });
  const out = home.folder.join('audit.bundle');
  await home.call.ledger.bundle({ out, withoutSql: false });
  return out;
}

describe('a bundle', () => {
  it('is verified, says who signed it, and lists its entries, without a word to the home or the folder', async () => {
    await using maker = await newDesk();
    await using auditor = await newDesk();
    const path = await bundleOf(maker);
    const before = [filesBelow(path), filesBelow(auditor.core.home.root)];
    const opened = await auditor.call.audit.open({ path });
    expect(opened).toMatchObject({ name: 'audit.bundle', compared: false, known: false, entries: 5, package: null });
    expect(opened.result).toMatchObject({ kind: 'bundle', verdict: 'CONSISTENT, NOT ANCHORED', size: 5 });
    const { size, lines } = await auditor.call.audit.page({ path, ...ALL });
    expect([size, lines[0]?.type, lines[4]?.type]).toEqual([5, 'ledger.exported', 'ledger.created']);
    expect((await auditor.call.audit.facets({ path })).nouns[0]).toEqual({ value: 'plan', count: 3 });
    const entry = await auditor.call.audit.entry({ path, seq: 2 });
    expect(entry).toMatchObject({ about: 'two', flaw: null, proof: { size: 5, holds: true } });
    expect([filesBelow(path), filesBelow(auditor.core.home.root)]).toEqual(before);
  });

  it('is compared with a key or a fingerprint that came another way', async () => {
    await using maker = await newDesk();
    await using auditor = await newDesk();
    const path = await bundleOf(maker);
    const { vkey } = await maker.call.ledger.checkpoint();
    const { fingerprint } = await auditor.call.audit.open({ path });
    for (const key of [vkey, ` ${vkey}\n`, fingerprint ?? '', (fingerprint ?? '').replace('SHA256:', '')]) {
      const { compared, result } = await auditor.call.audit.open({ path, key });
      expect([compared, result.verdict]).toEqual([true, 'CONSISTENT, NOT ANCHORED']);
      expect(result.findings.map(({ code }) => code)).not.toContain('SIGNER_UNPINNED');
    }
    const stranger = newSigner().vkey;
    for (const key of [stranger.vkey, keyFingerprint(nodePrimitives, stranger)]) {
      const { result } = await auditor.call.audit.open({ path, key });
      expect([result.verdict, result.findings[0]?.code]).toEqual(['BROKEN', 'SIGNER_MISMATCH']);
    }
    expect(await codeOf(auditor.call.audit.open({ path, key: 'no key' }))).toBe('LEDGER/SIGNER_UNKNOWN');
    expect((await maker.call.audit.open({ path })).known).toBe(true);
  });

  it('that was changed names the entry and still lists the others', async () => {
    await using home = await newDesk();
    const path = await bundleOf(home);
    const entries = join(path, 'data', 'ledger', 'entries.jsonl');
    const changed = readFileSync(entries, 'utf8').replace('"one"', '"eno"');
    writeFileSync(entries, changed);
    const { result, entries: count } = await home.call.audit.open({ path });
    expect([result.verdict, count]).toEqual(['BROKEN', 5]);
    expect(result.findings.find(({ code }) => code === 'ENTRY_CHANGED')?.seq).toBe(1);
    expect((await home.call.audit.page({ path, ...ALL })).lines.map(({ about }) => about)).toContain('eno');
    const entry = await home.call.audit.entry({ path, seq: 1 });
    expect([entry.proof.holds, entry.namedByNext === entry.leafHash]).toEqual([false, false]);
  });
});

describe('a package', () => {
  it('tells its tables, rows and masks', async () => {
    await using home = await newDesk();
    const masked = `[{ table: main.customers, masks: { email: { mask: redact } } }, { table: main.orders }]`;
    const run = await runSample(home, samplePlan('', masked));
    const { result, package: told } = await home.call.audit.open({ path: run.package ?? '' });
    expect(result).toMatchObject({ kind: 'package', verdict: 'CONSISTENT, NOT ANCHORED' });
    expect(told).toMatchObject({ title: 'sample', purpose: 'test', run: run.run, unlisted: 0 });
    const customers = told?.tables.find(({ name }) => name.includes('customers'));
    expect(customers).toMatchObject({ verdict: 'complete', files: [expect.stringContaining('customers')] });
    expect(customers?.masks).toEqual([{ column: 'email', mask: 'redact', class: null }]);
    expect(customers?.rows).toBeGreaterThan(0);
  });

  it('whose file was exchanged is broken, and says what it claims all the same', async () => {
    await using home = await newDesk();
    const path = writePackage(home, 100);
    writeFileSync(join(path, 'data', 'customers.csv'), 'other');
    const { result, package: told } = await home.call.audit.open({ path });
    expect([result.verdict, told?.tables.map(({ name }) => name)]).toEqual(['BROKEN', ['customers']]);
  });

  it('that claims absurd things is shown within limits', async () => {
    await using home = await newDesk();
    const evil = `<img src=x onerror="alert(1)">${'x'.repeat(2_000)}`;
    const one = {
      name: evil,
      path: ['../../etc/passwd', evil],
      bytes: -1,
      waybill: { rows: 1e300, masks: { [evil]: evil } },
    };
    const descriptor = {
      name: evil,
      title: { deep: 1 },
      resources: [...Array.from({ length: 3_000 }, () => one), 7, null],
    };
    const ledger = new TestLedger(signer, [created(signer)]);
    const path = layOut(home.folder.join('evil'), sealPackage(ledger, { descriptor }));
    const { result, package: told } = await home.call.audit.open({ path });
    expect(result.verdict).toBe('BROKEN');
    expect([told?.tables.length, told?.unlisted]).toEqual([2_000, 1_000]);
    expect(told?.tables[0]).toMatchObject({ rows: null, bytes: null });
    expect(JSON.stringify(told?.tables[0]).length).toBeLessThan(4_000);
  });

  it('whose descriptor is a link, a folder, or nested too deeply tells nothing', async () => {
    await using home = await newDesk();
    writeFileSync(home.folder.join('outside.json'), '{"title":"outside","resources":[]}');
    const files = sealPackage(new TestLedger(signer, [created(signer)]));
    const linked = layOut(home.folder.join('linked'), files);
    renameSync(join(linked, 'datapackage.json'), join(linked, 'moved'));
    symlinkSync(home.folder.join('outside.json'), join(linked, 'datapackage.json'));
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const nested = layOut(home.folder.join('nested'), withFile(files, 'datapackage.json', deep));
    for (const path of [linked, nested]) {
      const { result, package: told } = await home.call.audit.open({ path });
      expect([result.verdict, told]).toEqual(['BROKEN', null]);
    }
  });
});

describe('a hostile ledger', () => {
  it('with lines that are no entries is listed as far as it can be cut into lines', async () => {
    await using home = await newDesk();
    const good = textOf(ledgerOf(3), 'entries.jsonl').trimEnd().split('\n');
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const lines = [
      ...good,
      'null',
      deep,
      '{"data":7,"seq":5,"type":{"x":1}}',
      '',
      `{"seq":7,"time":"${'9'.repeat(5_000)}"}`,
    ];
    const bytes = Buffer.concat([
      utf8(`${lines.join('\n')}\n`),
      Uint8Array.of(0xff, 0xfe, 0x0a),
      Buffer.alloc(10_000_000, 'x'),
    ]);
    const path = layOut(home.folder.join('ledger'), new Map([['entries.jsonl', new Uint8Array(bytes)]]));
    const { result } = await home.call.audit.open({ path });
    expect(result.verdict).toBe('BROKEN');
    const page = await home.call.audit.page({ path, ...ALL });
    expect([page.size, page.lines.filter(({ flaw }) => flaw !== null).length]).toEqual([9, 4]);
    expect(page.lines.find(({ seq }) => seq === 7)?.time.length).toBeLessThan(300);
    for (const { seq } of page.lines) {
      const entry = await home.call.audit.entry({ path, seq });
      expect(entry.proof.holds).toBe(false);
      if (seq > 2) expect(entry.flaw).not.toBeNull();
    }
    expect((await home.call.audit.entry({ path, seq: 4 })).entry).toBeNull();
  });

  it('of links and pipes is not followed', async () => {
    await using home = await newDesk();
    const outside = layOut(home.folder.join('outside'), ledgerOf(3));
    const linked = home.folder.join('linked');
    mkdirSync(linked);
    symlinkSync(join(outside, 'entries.jsonl'), join(linked, 'entries.jsonl'));
    symlinkSync(join(outside, 'checkpoint'), join(linked, 'checkpoint'));
    const inLink = home.folder.join('in-link');
    mkdirSync(inLink);
    writeFileSync(join(inLink, 'bagit.txt'), '');
    mkdirSync(home.folder.join('far'));
    renameSync(layOut(home.folder.join('tmp'), ledgerOf(3)), home.folder.join('far', 'ledger'));
    symlinkSync(home.folder.join('far'), join(inLink, 'data'));
    const piped = home.folder.join('piped');
    mkdirSync(piped);
    execFileSync('mkfifo', [join(piped, 'entries.jsonl')]);
    for (const path of [linked, inLink, piped]) {
      const opened = await home.call.audit.open({ path });
      expect([opened.result.verdict, opened.entries]).toEqual(['BROKEN', 0]);
      expect((await home.call.audit.page({ path, ...ALL })).lines).toEqual([]);
      expect(await codeOf(home.call.audit.entry({ path, seq: 0 }))).toBe('LEDGER/ENTRY_ABSENT');
    }
    symlinkSync(outside, home.folder.join('root-link'));
    expect(await codeOf(home.call.audit.open({ path: home.folder.join('root-link') }))).toBe('PACKAGE/ABSENT');
  });

  it('cut in the middle lists what is left', async () => {
    await using home = await newDesk();
    const files = ledgerOf(10);
    const entries = files.get('entries.jsonl') ?? new Uint8Array(0);
    const path = layOut(
      home.folder.join('cut'),
      withFile(files, 'entries.jsonl', entries.subarray(0, entries.length / 2)),
    );
    const { result, entries: listed } = await home.call.audit.open({ path });
    expect(result.findings[0]).toMatchObject({ code: 'LEDGER_TRUNCATED' });
    expect(result.findings[0]?.seq).toBe(listed);
  });
});

it('refuses paths that are not whole, that are nothing, and folders of something else', async () => {
  await using home = await newDesk();
  expect(await codeOf(home.call.audit.open({ path: 'audit.bundle' }))).toBe('APP/PATH_RELATIVE');
  expect(await codeOf(home.call.audit.page({ path: '../x', ...ALL }))).toBe('APP/PATH_RELATIVE');
  expect(await codeOf(home.call.audit.open({ path: home.folder.join('nothing') }))).toBe('PACKAGE/ABSENT');
  expect(await codeOf(home.call.audit.open({ path: home.folder.path }))).toBe('PACKAGE/ABSENT');
});

it('needs no home that can be read', async () => {
  await using home = await newDesk();
  writeFileSync(home.core.home.trustedKeys, 'no JSON');
  const path = layOut(home.folder.join('ledger'), ledgerOf(3));
  expect((await home.call.audit.open({ path })).result.verdict).toBe('CONSISTENT, NOT ANCHORED');
});

it('pages, filters and proves in a ledger of 100,000 entries', async () => {
  await using home = await newDesk();
  const ledger = new TestLedger(signer, [created(signer)]);
  const data = { outcome: 'success', actor: { osUser: 'jdoe' }, correlation: RUN, volume: { rows: 4711 } };
  for (let n = 1; n < MANY; n++) ledger.append(event(n, n % 3 === 0 ? 'export.started' : 'export.completed', data));
  const path = layOut(home.folder.join('large'), ledger.files());
  const first = await home.call.audit.page({ path, ...ALL });
  expect([first.size, first.lines.length, first.lines[0]?.seq]).toEqual([MANY, 500, MANY - 1]);
  const middle = await home.call.audit.page({ path, from: MANY / 2, count: 100, filter: { text: 'export.started' } });
  expect([middle.matching, middle.lines]).toEqual([Math.floor((MANY - 1) / 3), []]);
  const oldest = await home.call.audit.page({ path, from: MANY - 1, count: 10 });
  expect(oldest.lines.map(({ type }) => type)).toEqual(['ledger.created']);
  const entry = await home.call.audit.entry({ path, seq: 77_777 });
  expect(entry.proof).toMatchObject({ size: MANY, holds: true });
  expect(entry.proof.steps.length).toBe(17);
  expect(readdirSync(path).sort()).toEqual(['checkpoint', 'entries.jsonl', 'log.vkey']);
}, 120_000);
