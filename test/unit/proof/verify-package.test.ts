import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src-shared/proof/canonical-json.ts';
import { detectKind } from '../../../src-shared/proof/detect-kind.ts';
import type { FindingCode } from '../../../src-shared/proof/finding-catalog.ts';
import type { FolderEntry } from '../../../src-shared/proof/folder-reader.ts';
import { verifyPackage } from '../../../src-shared/proof/verify-package.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as primitives } from '../../fakes/node-primitives.ts';
import { bodiesOf, idOf, newSigner, TestLedger, timeOf } from './build/build-ledger.ts';
import {
  DATA,
  RUN,
  descriptorOf,
  envelopeOf,
  sealEnvelope,
  sealPackage,
  sha256Hex,
  statementOf,
  type PackageParts,
} from './build/build-package.ts';
import { flipBit, memoryFolder, textOf, withFile, without, type Files } from './build/memory-folder.ts';

const signer = newSigner();
const OTHER_RUN = '01JD9Z8K3W0000000000000002';

function newLedger(): TestLedger {
  return new TestLedger(signer, bodiesOf(signer, 5));
}

function sealed(parts: PackageParts = {}): Files {
  return sealPackage(newLedger(), parts);
}

const files = sealed();

/** A package whose data, descriptor and sums are `files`, honestly signed and sealed over other subjects. */
function signedOver(subjects: Files, contents: Files = subjects, predicate: object = {}): Files {
  return sealEnvelope(newLedger(), {
    files: contents,
    envelope: envelopeOf(statementOf(subjects, { ...predicate }), signer),
  });
}

const unsigned = new Map([...files].filter(([path]) => !path.startsWith('delivery.') && path !== 'ledger-entry.json'));

async function codesOf(changed: Files, extra: readonly FolderEntry[] = []): Promise<[string, FindingCode[]]> {
  const { verdict, findings } = await verifyPackage(memoryFolder(changed, { extra }), { primitives, key: signer.vkey });
  return [verdict, findings.map((finding) => finding.code)];
}

async function expectBroken(code: FindingCode, changed: Files, extra: readonly FolderEntry[] = []): Promise<void> {
  const [verdict, codes] = await codesOf(changed, extra);
  expect(verdict).toBe('BROKEN');
  expect(codes).toContain(code);
}

/** The first two parts of a resource, the other way round. */
function swapped(descriptor: string): string {
  return descriptor.replace('.0001', '.first').replace('.0002', '.0001').replace('.first', '.0002');
}

describe('verifying a package', () => {
  it('finds it whole, names the signer, and never trusts the key inside', async () => {
    const result = await verifyPackage(memoryFolder(files, { chunk: 5 }), { primitives });
    expect(result).toMatchObject({
      verdict: 'CONSISTENT, NOT ANCHORED',
      kind: 'package',
      signer: signer.vkey.vkey,
      size: 6,
    });
    expect(result.findings.map((finding) => finding.code)).toEqual(['SIGNER_UNPINNED', 'NOT_ANCHORED']);
  });

  it('is VERIFIED with a pinned signer and an outside checkpoint of its size', async () => {
    const ledger = newLedger();
    const folder = memoryFolder(sealPackage(ledger));
    const anchors = [utf8(ledger.checkpoint(3)), utf8(ledger.checkpoint())];
    const result = await verifyPackage(folder, { primitives, trusted: [signer.vkey], anchors });
    expect(result).toMatchObject({ verdict: 'VERIFIED', anchored: 6, findings: [] });
    expect((await verifyPackage(folder, { primitives, anchors })).verdict).toBe('CONSISTENT, NOT ANCHORED');
    const earlier = await verifyPackage(folder, { primitives, key: signer.vkey, anchors: anchors.slice(0, 1) });
    expect(earlier.verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('is BROKEN when an outside checkpoint of its size has another root', async () => {
    const forked = new TestLedger(signer, bodiesOf(signer, 6));
    const result = await verifyPackage(memoryFolder(files), {
      primitives,
      key: signer.vkey,
      anchors: [utf8(forked.checkpoint())],
    });
    expect(result.verdict).toBe('BROKEN');
    expect(result.findings[0]?.code).toBe('ANCHOR_MISMATCH');
  });

  it('that a second installation signed anew is never VERIFIED, and BROKEN with the key', async () => {
    const second = newSigner('waybill-ledger/00000000-0000-4000-8000-00000000000f');
    for (const other of [second, newSigner()]) {
      const ledger = new TestLedger(other, bodiesOf(other, 5));
      const resigned = sealPackage(ledger, {
        data: withFile(DATA, 'data/public.customers.csv', 'id,name\r\n1,Eve\r\n'),
      });
      const folder = memoryFolder(resigned);
      const anchors = [utf8(ledger.checkpoint())];
      expect((await verifyPackage(folder, { primitives })).verdict).toBe('CONSISTENT, NOT ANCHORED');
      const pinned = await verifyPackage(folder, { primitives, trusted: [signer.vkey] });
      expect([pinned.verdict, pinned.findings[0]?.code]).toEqual(['CONSISTENT, NOT ANCHORED', 'SIGNER_UNPINNED']);
      expect((await verifyPackage(folder, { primitives, trusted: [signer.vkey], anchors })).verdict).not.toBe(
        'VERIFIED',
      );
      const demanded = await verifyPackage(folder, { primitives, key: signer.vkey });
      expect([demanded.verdict, demanded.findings[0]?.code]).toEqual(['BROKEN', 'SIGNER_MISMATCH']);
    }
  });

  it.each([...files.keys()])('is BROKEN without %s', async (path) => {
    await expectBroken('FILE_MISSING', without(files, path));
  });

  it.each([...files.keys()])('is BROKEN with a bit flipped in any byte of %s', async (path) => {
    const bytes = files.get(path) ?? new Uint8Array(0);
    for (let bit = 0; bit < bytes.length * 8; bit += bytes.length > 400 ? 43 : 11) {
      const [verdict] = await codesOf(withFile(files, path, flipBit(bytes, bit)));
      expect(verdict, `bit ${bit}`).toBe('BROKEN');
    }
  });

  it.each([...DATA.keys()])('is BROKEN with %s cut, emptied or swapped for another', async (path) => {
    const bytes = files.get(path) ?? new Uint8Array(0);
    await expectBroken('FILE_MISMATCH', withFile(files, path, bytes.slice(0, -1)));
    await expectBroken('FILE_MISMATCH', withFile(files, path, ''));
    await expectBroken('FILE_MISMATCH', withFile(files, path, 'id\r\n3\r\n'));
  });

  it.each<[string, FindingCode, FolderEntry]>([
    ['a link', 'PATH_LINK', { path: 'data/link.csv', kind: 'link', size: 0 }],
    ['a device', 'PATH_SPECIAL', { path: 'data/tty', kind: 'other', size: 0 }],
    ['a path upwards', 'PATH_UNSAFE', { path: 'data/../../evil', kind: 'file', size: 0 }],
    ['an absolute path', 'PATH_UNSAFE', { path: '/etc/passwd', kind: 'file', size: 0 }],
    ['a drive', 'PATH_UNSAFE', { path: 'C:evil', kind: 'file', size: 0 }],
    ['a backslash', 'PATH_UNSAFE', { path: 'data\\evil', kind: 'file', size: 0 }],
    ['a line end in a name', 'PATH_UNSAFE', { path: 'data/a\nb', kind: 'file', size: 0 }],
    ['a name equal but for case', 'PATH_COLLISION', { path: 'data/PUBLIC.customers.csv', kind: 'folder', size: 0 }],
    ['the same name twice', 'PATH_COLLISION', { path: 'SHA256SUMS', kind: 'file', size: 0 }],
  ])('is BROKEN with %s in the folder: %s', async (_, code, entry) => {
    await expectBroken(code, files, [entry]);
  });

  it('is BROKEN with a file that nothing names', async () => {
    await expectBroken('FILE_EXTRA', withFile(files, 'data/extra.csv', 'x'));
    await expectBroken('FILE_EXTRA', withFile(files, 'README', 'x'));
    await expectBroken('FILE_EXTRA', withFile(files, '.DS_Store', 'x'));
  });

  it('is BROKEN with names that differ only by Unicode form', async () => {
    await expectBroken('PATH_COLLISION', withFile(withFile(files, 'data/\u00e9.csv', 'x'), 'data/e\u0301.csv', 'x'));
  });

  it.each<[string, FindingCode, Files]>([
    ['the proof of another entry', 'PROOF_INVALID', withFile(files, 'delivery.tlog-proof', newLedger().proof(2))],
    [
      'the seal of another package',
      'MANIFEST_MISMATCH',
      withFile(files, 'ledger-entry.json', sealed({ predicate: { throwAway: true } }).get('ledger-entry.json') ?? ''),
    ],
    [
      'another package’s seal and proof',
      'MANIFEST_MISMATCH',
      new Map([
        ...files,
        ...['ledger-entry.json', 'delivery.tlog-proof'].map(
          (path) => [path, sealed({ predicate: { throwAway: true } }).get(path) ?? utf8('')] as const,
        ),
      ]),
    ],
    ['an event as ledger entry', 'LEAF_INVALID', withFile(files, 'ledger-entry.json', newLedger().lines[1] ?? '')],
    [
      'a line end behind the ledger entry',
      'LEAF_INVALID',
      withFile(files, 'ledger-entry.json', `${textOf(files, 'ledger-entry.json')}\n`),
    ],
    ['an entry beyond 65,535 bytes', 'FILE_OVERSIZE', withFile(files, 'ledger-entry.json', 'x'.repeat(65_536))],
    ['a key of rubbish', 'VKEY_INVALID', withFile(files, 'delivery.vkey', 'rubbish\n')],
    ['a key of another', 'SIGNER_MISMATCH', withFile(files, 'delivery.vkey', newSigner().vkey.vkey)],
    [
      'a statement signed by another',
      'STATEMENT_INVALID',
      sealEnvelope(newLedger(), { files: unsigned, envelope: envelopeOf(statementOf(unsigned), newSigner()) }),
    ],
    [
      'a statement of another payload type',
      'STATEMENT_INVALID',
      sealEnvelope(newLedger(), {
        files: unsigned,
        envelope: envelopeOf(statementOf(unsigned), signer, 'application/json'),
      }),
    ],
    [
      'a statement of another predicate',
      'STATEMENT_INVALID',
      sealEnvelope(newLedger(), {
        files: unsigned,
        envelope: envelopeOf({ ...statementOf(unsigned), predicateType: 'urn:x' }, signer),
      }),
    ],
    [
      'a statement with a name twice',
      'STATEMENT_INVALID',
      sealEnvelope(newLedger(), {
        files: unsigned,
        envelope: envelopeOf(JSON.stringify(statementOf(unsigned)).replace('{', '{"subject":[],'), signer),
      }),
    ],
    ['a statement about a file upwards', 'STATEMENT_INVALID', signedOver(withFile(unsigned, '../evil', 'x'), unsigned)],
    ['a statement of another run', 'STATEMENT_MISMATCH', signedOver(unsigned, unsigned, { run: OTHER_RUN })],
    [
      'a statement that does not cover all files',
      'FILE_EXTRA',
      signedOver(without(unsigned, 'data/public.customers.csv'), unsigned),
    ],
    ['a statement about one file more', 'FILE_MISSING', signedOver(withFile(unsigned, 'data/more.csv', 'x'), unsigned)],
    [
      'SHA256SUMS short of a file',
      'SUMS_MISMATCH',
      signedOver(
        withFile(
          unsigned,
          'SHA256SUMS',
          `${sha256Hex(unsigned.get('datapackage.json') ?? utf8(''))}  datapackage.json\n`,
        ),
      ),
    ],
    [
      'SHA256SUMS of another sum',
      'SUMS_MISMATCH',
      signedOver(withFile(unsigned, 'SHA256SUMS', textOf(unsigned, 'SHA256SUMS').replace(/^[0-9a-f]{4}/, '0000'))),
    ],
    [
      'SHA256SUMS naming a path upwards',
      'SUMS_INVALID',
      signedOver(withFile(unsigned, 'SHA256SUMS', `${'0'.repeat(64)}  ../x\n`)),
    ],
    [
      'SHA256SUMS with CRLF',
      'SUMS_INVALID',
      signedOver(withFile(unsigned, 'SHA256SUMS', textOf(unsigned, 'SHA256SUMS').replaceAll('\n', '\r\n'))),
    ],
    ['a descriptor that is no JSON', 'DESCRIPTOR_INVALID', sealed({ descriptor: 'text' })],
    ['a descriptor without resources', 'DESCRIPTOR_INVALID', sealed({ descriptor: {} })],
    [
      'a descriptor naming a path upwards',
      'DESCRIPTOR_INVALID',
      sealed({ descriptor: { resources: [{ path: '../../x' }] } }),
    ],
    [
      'a descriptor naming an absolute path',
      'DESCRIPTOR_INVALID',
      sealed({ descriptor: { resources: [{ path: ['data/public.customers.csv', '/etc/passwd'] }] } }),
    ],
    [
      'a descriptor naming an address',
      'DESCRIPTOR_INVALID',
      sealed({ descriptor: { resources: [{ path: 'https://example.com/x.csv' }] } }),
    ],
    [
      'a descriptor naming what is not there',
      'DESCRIPTOR_MISMATCH',
      sealed({ descriptor: { resources: [{ path: 'data/none.csv' }] } }),
    ],
    [
      'a descriptor of another size',
      'DESCRIPTOR_MISMATCH',
      sealed({ descriptor: { resources: [{ path: 'data/public.customers.csv', bytes: 1 }] } }),
    ],
    [
      'a descriptor of another hash',
      'DESCRIPTOR_MISMATCH',
      sealed({ descriptor: { resources: [{ path: 'data/public.customers.csv', hash: `sha256:${'0'.repeat(64)}` }] } }),
    ],
    [
      'a descriptor of an unprefixed hash',
      'DESCRIPTOR_MISMATCH',
      sealed({ descriptor: { resources: [{ path: 'data/public.customers.csv', hash: '0'.repeat(32) }] } }),
    ],
    [
      'a descriptor with a wrong hash of parts',
      'DESCRIPTOR_MISMATCH',
      sealed({ descriptor: JSON.parse(swapped(JSON.stringify(descriptorOf(DATA)))) as unknown }),
    ],
    [
      'a descriptor that names a file twice in a resource',
      'DESCRIPTOR_INVALID',
      sealed({ descriptor: JSON.parse(JSON.stringify(descriptorOf(DATA)).replace('.0001', '.0002')) as unknown }),
    ],
    [
      'a descriptor that names a file in two resources',
      'DESCRIPTOR_INVALID',
      sealed({
        descriptor: { resources: [{ path: 'data/public.customers.csv' }, { path: 'data/public.customers.csv' }] },
      }),
    ],
  ])('is BROKEN with %s: %s', async (_, code, changed) => {
    await expectBroken(code, changed);
  });

  it.each([
    ['is not UTF-8', Uint8Array.of(0xff, 0xfe, 0x80)],
    ['is longer than any key', new Uint8Array(1_000_000).fill(0x61)],
  ])('is BROKEN when its key %s, so that nothing could be checked under it', async (_, key) => {
    await expectBroken('VKEY_INVALID', new Map(files).set('delivery.vkey', key));
  });

  it('is BROKEN when its seal stands at another place than it says', async () => {
    const ledger = newLedger();
    const envelope = files.get('delivery.dsse.json') ?? utf8('');
    const seal = {
      id: idOf(9),
      time: timeOf(9),
      run: RUN,
      manifest: sha256Hex(envelope),
      prev: 'ab'.repeat(32),
      seq: 3,
    };
    const line = ledger.appendLine(utf8(canonicalJson(seal)));
    const moved = withFile(withFile(files, 'ledger-entry.json', line), 'delivery.tlog-proof', ledger.proof(5));
    expect(await codesOf(moved)).toEqual(['BROKEN', ['PROOF_INVALID', 'NOT_ANCHORED']]);
  });

  it('is BROKEN when data, descriptor and sums were changed together, since the statement was not', async () => {
    const data = withFile(DATA, 'data/public.customers.csv', 'id,name\r\n1,Eve\r\n');
    const forged = sealed({ data });
    for (const path of ['delivery.dsse.json', 'ledger-entry.json', 'delivery.tlog-proof'])
      forged.set(path, files.get(path) ?? utf8(''));
    await expectBroken('FILE_MISMATCH', forged);
  });

  it('says what a package says against itself', async () => {
    const tables = [
      { name: 'a', verdict: 'incomplete', why: 'The source lost its connection.' },
      { name: 'b', verdict: 'unproven' },
    ];
    const folder = memoryFolder(sealed({ predicate: { tables, throwAway: true } }));
    const result = await verifyPackage(folder, { primitives, key: signer.vkey, name: 'sample-01J.incomplete' });
    expect(result.verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(result.findings.map((finding) => finding.code)).toEqual([
      'NOT_ANCHORED',
      'PACKAGE_INCOMPLETE',
      'TABLE_INCOMPLETE',
      'TABLE_UNPROVEN',
      'THROW_AWAY',
    ]);
    expect(result.findings[1]?.message).toBe('The package lacks what failed: a.');
    // A folder can be renamed; what was signed cannot.
    const renamed = await verifyPackage(folder, { primitives, key: signer.vkey, name: 'sample-01J' });
    expect(renamed.findings).toEqual(result.findings);
    const unfinished = await verifyPackage(memoryFolder(DATA), { primitives, name: '.sample-01J.partial' });
    expect([unfinished.verdict, unfinished.signer]).toEqual(['BROKEN', null]);
    expect(unfinished.findings.map((finding) => finding.code)).toContain('PACKAGE_UNFINISHED');
  });

  it('lists at most 100 findings of a folder full of rubbish, and says how many more', async () => {
    const rubbish = new Map([...files, ...Array.from({ length: 500 }, (_, i) => [`x${i}`, utf8('x')] as const)]);
    const [verdict, codes] = await codesOf(rubbish);
    expect([verdict, codes.length, codes.at(-1)]).toEqual(['BROKEN', 102, 'MORE_FINDINGS']);
  });

  it('never hides what breaks it behind what it says about its tables', async () => {
    const tables = Array.from({ length: 500 }, (_, i) => ({ name: `t${i}`, verdict: 'unproven' }));
    const [verdict, codes] = await codesOf(withFile(sealed({ predicate: { tables } }), 'data/extra.csv', 'x'));
    expect([verdict, codes[0], codes.at(-1)]).toEqual(['BROKEN', 'FILE_EXTRA', 'MORE_FINDINGS']);
  });
});

describe('the kind of a folder', () => {
  it('is told by the names at its top, of which one is enough', async () => {
    const kindOf = (paths: string[]): Promise<string | undefined> =>
      detectKind(memoryFolder(new Map(paths.map((path) => [path, utf8('')]))));
    expect(await kindOf([...files.keys()])).toBe('package');
    expect(await kindOf(['datapackage.json'])).toBe('package');
    expect(await kindOf(['entries.jsonl', 'checkpoint'])).toBe('ledger');
    expect(await kindOf(['bagit.txt', 'data/ledger/checkpoint'])).toBe('bundle');
    expect(await kindOf(['notes.txt', 'sub/datapackage.json'])).toBeUndefined();
    expect(await kindOf([])).toBeUndefined();
  });
});
