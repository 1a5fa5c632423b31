import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../../src-shared/proof/finding-catalog.ts';
import type { FolderEntry } from '../../../src-shared/proof/folder-reader.ts';
import { verifyFolder } from '../../../src-shared/proof/verify-folder.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as primitives } from '../../fakes/node-primitives.ts';
import { bodiesOf, created, event, newSigner, TestLedger, type Body } from './build/build-ledger.ts';
import { RUN, sealPackage, sha256Hex } from './build/build-package.ts';
import { flipBit, memoryFolder, withFile, without, type Files } from './build/memory-folder.ts';

const signer = newSigner();
const RUN_FILES: Files = new Map([
  ['plan.yaml', utf8('waybill: 1\n')],
  ['compiled-plan.json', utf8('{}')],
  ['sql.json', utf8('[]')],
  ['report.json', utf8('{"state":"succeeded"}')],
]);

function digestsOf(...names: string[]): Body {
  return Object.fromEntries(names.map((name) => [name, `sha256:${sha256Hex(RUN_FILES.get(name) ?? utf8(''))}`]));
}

interface Bundle {
  ledger: TestLedger;
  payload: Files;
}

/** A ledger with one run, its package, and what happened afterwards. */
function newBundle(by = signer, throwAway = false): Bundle {
  const ledger = new TestLedger(by, [created(by, { throwAway })]);
  ledger.append(
    event(1, 'export.started', { correlation: RUN, files: digestsOf('plan.yaml', 'compiled-plan.json', 'sql.json') }),
  );
  const sealed = sealPackage(ledger);
  ledger.append(event(3, 'export.completed', { correlation: RUN, files: digestsOf('report.json') }));
  const payload: Files = new Map([
    ['data/entries.csv', utf8('seq\r\n')],
    ['data/report.html', utf8('<!doctype html>')],
  ]);
  for (const name of ['delivery.dsse.json', 'ledger-entry.json', 'delivery.tlog-proof', 'datapackage.json']) {
    payload.set(`data/packages/${RUN}/${name}`, sealed.get(name) ?? utf8(''));
  }
  for (const [name, bytes] of RUN_FILES) payload.set(`data/runs/${RUN}/${name}`, bytes);
  return { ledger, payload };
}

/** The bag as its writer, or somebody who can write manifests too, would make it. */
function bag({ ledger, payload }: Bundle): Files {
  const files: Files = new Map(payload);
  for (const [name, bytes] of ledger.files())
    if (!files.has(`data/ledger/${name}`)) files.set(`data/ledger/${name}`, bytes);
  const manifest = [...files].map(([path, bytes]) => `${sha256Hex(bytes)}  ${path}\n`).join('');
  files.set('manifest-sha256.txt', utf8(manifest));
  files.set('bagit.txt', utf8('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'));
  files.set('README.txt', utf8('Read me.\n'));
  files.set('verify.py', utf8('print()\n'));
  return files;
}

const bundle = newBundle();
const files = bag(bundle);
const papers = (name: string): string => `data/packages/${RUN}/${name}`;
const runFile = (name: string): string => `data/runs/${RUN}/${name}`;
const withPayload = (path: string, content: string | Uint8Array): Files =>
  bag({ ...bundle, payload: withFile(bundle.payload, path, content) });

async function codesOf(
  changed: Files,
  extra: readonly FolderEntry[] = [],
  options: object = {},
): Promise<[string, FindingCode[]]> {
  const result = await verifyFolder(memoryFolder(changed, { extra }), { primitives, key: signer.vkey, ...options });
  if (result?.kind !== 'bundle') throw new Error('not taken for a bundle');
  return [result.verdict, result.findings.map((finding) => finding.code)];
}

async function expectBroken(code: FindingCode, changed: Files, extra: readonly FolderEntry[] = []): Promise<void> {
  const [verdict, codes] = await codesOf(changed, extra);
  expect(verdict).toBe('BROKEN');
  expect(codes).toContain(code);
}

describe('verifying an audit bundle', () => {
  it('finds it whole, and says which files nobody signed', async () => {
    expect(await codesOf(files)).toEqual(['CONSISTENT, NOT ANCHORED', ['NOT_ANCHORED', 'UNSIGNED_FILES']]);
    expect((await codesOf(files, [], { key: undefined }))[1][0]).toBe('SIGNER_UNPINNED');
  });

  it('is VERIFIED with the key and an outside checkpoint of its size', async () => {
    const anchors = [utf8(bundle.ledger.checkpoint())];
    expect((await codesOf(files, [], { anchors }))[0]).toBe('VERIFIED');
    expect((await codesOf(files, [], { anchors: [utf8(bundle.ledger.checkpoint(3))] }))[0]).toBe(
      'CONSISTENT, NOT ANCHORED',
    );
  });

  it('is BROKEN with the key when all of it was made anew by another', async () => {
    const forged = bag(newBundle(newSigner()));
    await expectBroken('SIGNER_MISMATCH', forged);
    expect((await codesOf(forged, [], { key: undefined, trusted: [signer.vkey] }))[0]).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('says of a throw-away ledger that it is one', async () => {
    expect((await codesOf(bag(newBundle(signer, true))))[1]).toContain('THROW_AWAY');
  });

  it.each([...files.keys()].filter((path) => !path.startsWith('data/runs/')))('is BROKEN without %s', async (path) => {
    await expectBroken('FILE_MISSING', without(files, path));
  });

  it.each([...files.keys()].filter((path) => path.startsWith('data/')))(
    'is BROKEN with a flipped bit in %s',
    async (path) => {
      await expectBroken('FILE_MISMATCH', withFile(files, path, flipBit(files.get(path) ?? new Uint8Array(0), 9)));
    },
  );

  it.each<[string, FindingCode, Files]>([
    [
      'a run’s plan changed and the manifest with it',
      'RUN_FILE_MISMATCH',
      withPayload(runFile('plan.yaml'), 'waybill: 1\n# another\n'),
    ],
    ['a run’s report changed and the manifest with it', 'RUN_FILE_MISMATCH', withPayload(runFile('report.json'), '{}')],
    ['a run’s file that no entry records', 'RUN_FILE_UNRECORDED', withPayload(runFile('more.json'), '{}')],
    [
      'a run that no entry records',
      'RUN_FILE_UNRECORDED',
      withPayload('data/runs/01JD9Z8K3W0000000000000009/plan.yaml', 'x'),
    ],
    ['a descriptor changed and the manifest with it', 'FILE_MISMATCH', withPayload(papers('datapackage.json'), '{}')],
    [
      'a statement changed and the manifest with it',
      'STATEMENT_INVALID',
      withPayload(papers('delivery.dsse.json'), '{}'),
    ],
    [
      'the papers of a package of another ledger',
      'PROOF_INVALID',
      bag({ ledger: bundle.ledger, payload: newBundle(newSigner()).payload }),
    ],
    [
      'the papers of another run',
      'STATEMENT_MISMATCH',
      bag({
        ...bundle,
        payload: new Map(
          [...bundle.payload].map(([path, bytes]) => [
            path.replace('packages/01JD9Z8K3W0000000000000001', 'packages/01JD9Z8K3W0000000000000002'),
            bytes,
          ]),
        ),
      }),
    ],
    [
      'entries changed and the manifest with them',
      'ROOT_MISMATCH',
      withPayload(
        'data/ledger/entries.jsonl',
        new TextDecoder().decode(bundle.ledger.entries()).replace('07:00:03.123Z', '07:00:03.124Z'),
      ),
    ],
    ['a file nobody knows', 'FILE_EXTRA', withPayload('data/other.txt', 'x')],
    ['a tag file nobody knows', 'FILE_EXTRA', withFile(files, 'setup.exe', 'x')],
    ['files to fetch', 'FILE_EXTRA', withFile(files, 'fetch.txt', 'http://127.0.0.1/x - data/x\n')],
    ['a payload file outside the manifest', 'FILE_EXTRA', withFile(files, runFile('extra.json'), 'x')],
    [
      'another declaration',
      'BAG_INVALID',
      withFile(files, 'bagit.txt', 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n'),
    ],
    [
      'a manifest naming a path upwards',
      'BAG_INVALID',
      withFile(files, 'manifest-sha256.txt', `${'0'.repeat(64)}  data/../../x\n`),
    ],
    ['a manifest of rubbish', 'BAG_INVALID', withFile(files, 'manifest-sha256.txt', 'rubbish\n')],
    [
      'a tag manifest that does not hold',
      'FILE_MISMATCH',
      withFile(files, 'tagmanifest-sha256.txt', `${'0'.repeat(64)}  README.txt\n`),
    ],
  ])('is BROKEN with %s: %s', async (_, code, changed) => {
    await expectBroken(code, changed);
  });

  it.each<[FindingCode, FolderEntry]>([
    ['PATH_LINK', { path: 'data/link', kind: 'link', size: 0 }],
    ['PATH_UNSAFE', { path: 'data/../../x', kind: 'file', size: 0 }],
    ['PATH_COLLISION', { path: 'DATA', kind: 'folder', size: 0 }],
  ])('is BROKEN with a hostile name: %s', async (code, entry) => {
    await expectBroken(code, files, [{ path: 'data', kind: 'folder', size: 0 }, entry]);
  });

  it('is BROKEN when the ledger was rewritten by the holder of its key since the delivery', async () => {
    const rewritten = new TestLedger(signer, [created(signer)]);
    rewritten.append(
      event(1, 'export.started', {
        correlation: RUN,
        files: digestsOf('plan.yaml', 'compiled-plan.json', 'sql.json'),
        more: true,
      }),
    );
    sealPackage(rewritten);
    rewritten.append(event(3, 'export.completed', { correlation: RUN, files: digestsOf('report.json') }));
    const changed = bag({ ledger: rewritten, payload: bundle.payload });
    await expectBroken('PROOF_MISMATCH', changed);
    await expectBroken('PACKAGE_UNRECORDED', changed);
  });

  it('is BROKEN when the ledger was cut by the holder of its key behind the delivery', async () => {
    const cut = new TestLedger(signer, []);
    for (const line of bundle.ledger.lines.slice(0, 2)) cut.appendLine(line);
    await expectBroken('LEDGER_TRUNCATED', bag({ ledger: cut, payload: bundle.payload }));
  });

  it('is BROKEN when a delivery saw more entries than there are, its own among them', async () => {
    const later = bundle.payload.get(papers('delivery.tlog-proof')) ?? utf8('');
    const seq = 2;
    const longer = new Map(bundle.payload).set(papers('delivery.tlog-proof'), utf8(bundle.ledger.proof(seq)));
    expect(longer.get(papers('delivery.tlog-proof'))).not.toEqual(later);
    expect((await codesOf(bag({ ...bundle, payload: longer })))[0]).toBe('CONSISTENT, NOT ANCHORED');
    const cut = new TestLedger(signer, []);
    for (const line of bundle.ledger.lines.slice(0, seq + 1)) cut.appendLine(line);
    const payload = new Map([...longer].filter(([path]) => path !== runFile('report.json')));
    expect(await codesOf(bag({ ledger: cut, payload }))).toEqual([
      'BROKEN',
      ['LEDGER_TRUNCATED', 'NOT_ANCHORED', 'UNSIGNED_FILES'],
    ]);
  });

  it('may leave out runs’ files and packages, and says so', async () => {
    const payload = new Map(
      [...bundle.payload].filter(([path]) => !path.startsWith('data/packages/') && !path.endsWith('sql.json')),
    );
    const [verdict, codes] = await codesOf(bag({ ...bundle, payload }));
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(codes).toEqual(['NOT_ANCHORED', 'UNSIGNED_FILES', 'PACKAGES_ABSENT', 'RUN_FILES_ABSENT']);
  });

  it('may carry tag files that BagIt allows', async () => {
    const readme = sha256Hex(files.get('README.txt') ?? utf8(''));
    const tagged = withFile(files, 'bag-info.txt', 'Source-Organization: x\n');
    const names = ['bagit.txt', 'manifest-sha256.txt', 'verify.py', 'bag-info.txt'];
    const lines = names.map((name) => `${sha256Hex(tagged.get(name) ?? utf8(''))}  ${name}\n`).join('');
    expect((await codesOf(withFile(tagged, 'tagmanifest-sha256.txt', `${readme}  README.txt\n${lines}`)))[0]).toBe(
      'CONSISTENT, NOT ANCHORED',
    );
  });

  it('holds a ledger alone', async () => {
    const ledger = new TestLedger(signer, bodiesOf(signer, 3));
    const payload = new Map(
      [...bundle.payload].filter(([path]) => path === 'data/entries.csv' || path === 'data/report.html'),
    );
    expect((await codesOf(bag({ ledger, payload })))[0]).toBe('CONSISTENT, NOT ANCHORED');
  });
});

describe('a folder that is nothing of ours', () => {
  it('has no verdict', async () => {
    expect(await verifyFolder(memoryFolder(new Map([['notes.txt', utf8('')]])), { primitives })).toBeUndefined();
  });
});
