import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../../src-shared/proof/finding-catalog.ts';
import type { VerifyResult } from '../../../src-shared/proof/verdict.ts';
import { makeVkey } from '../../../src-shared/proof/vkey.ts';
import { verifyLedger } from '../../../src-shared/proof/verify-ledger.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as primitives } from '../../fakes/node-primitives.ts';
import { bodiesOf, created, event, newSigner, TestLedger, timeOf, type Body } from './build/build-ledger.ts';
import { memoryFolder, withFile } from './build/memory-folder.ts';

// 200 entries; deliveries took checkpoints along at sizes 50, 120 and 180, and somebody else kept the one of size 160.
const signer = newSigner();
const honestBodies = bodiesOf(signer, 200);
const honest = new TestLedger(signer, honestBodies);
const delivered = [50, 120, 180].map((size) => utf8(honest.checkpoint(size)));
const witnessed = utf8(honest.checkpoint(160));
const outside = [...delivered, witnessed];

function verify(ledger: TestLedger, anchors: Uint8Array[] = outside, checkpoint?: string): Promise<VerifyResult> {
  const files = checkpoint === undefined ? ledger.files() : withFile(ledger.files(), 'checkpoint', checkpoint);
  return verifyLedger(memoryFolder(files), { primitives, key: signer.vkey, anchors });
}

const spliced = (at: number, count: number, ...bodies: Body[]): Body[] => honestBodies.toSpliced(at, count, ...bodies);
const body = (n: number): Body => honestBodies[n] ?? {};
const edited = (n: number): Body => ({ ...body(n), data: { n: 'something else' } });

interface Row {
  attack: string;
  bodies: Body[];
  /** What shows it when the attacker cannot sign: the checkpoint stays the honest one. */
  withoutKey: FindingCode | null;
  /** What shows it when the attacker signs anew with the ledger's own key. `null`: nothing can. */
  withKey: FindingCode | null;
}

const ROWS: Row[] = [
  {
    attack: 'edit entry 70',
    bodies: spliced(70, 1, edited(70)),
    withoutKey: 'ROOT_MISMATCH',
    withKey: 'ANCHOR_MISMATCH',
  },
  { attack: 'delete entry 70', bodies: spliced(70, 1), withoutKey: 'LEDGER_TRUNCATED', withKey: 'ANCHOR_MISMATCH' },
  {
    attack: 'reorder 70 and 71',
    bodies: spliced(70, 2, body(71), body(70)),
    withoutKey: 'TIME_REVERSED',
    withKey: 'TIME_REVERSED',
  },
  {
    attack: 'reorder 70 and 71 with their times put right',
    bodies: spliced(70, 2, { ...body(71), time: timeOf(70) }, { ...body(70), time: timeOf(71) }),
    withoutKey: 'ROOT_MISMATCH',
    withKey: 'ANCHOR_MISMATCH',
  },
  {
    attack: 'truncate to 170',
    bodies: honestBodies.slice(0, 170),
    withoutKey: 'LEDGER_TRUNCATED',
    withKey: 'ANCHOR_BEYOND_LEDGER',
  },
  {
    attack: 'replay entry 10',
    bodies: [...honestBodies, { ...body(10), time: timeOf(200) }],
    withoutKey: null,
    withKey: 'ENTRY_REPEATED',
  },
  {
    attack: 'replay entry 10 as it was',
    bodies: [...honestBodies, body(10)],
    withoutKey: null,
    withKey: 'TIME_REVERSED',
  },
  {
    attack: 'fork from 100',
    bodies: [...honestBodies.slice(0, 100), ...honestBodies.slice(100).map((_, n) => edited(100 + n))],
    withoutKey: 'ROOT_MISMATCH',
    withKey: 'ANCHOR_MISMATCH',
  },
  {
    attack: 'roll the clock back from 190 on',
    bodies: honestBodies.map((entry, n) => (n < 190 ? entry : { ...entry, time: timeOf(n - 100) })),
    withoutKey: 'TIME_REVERSED',
    withKey: 'TIME_REVERSED',
  },
  {
    attack: 'edit entry 190, after the last anchor',
    bodies: spliced(190, 1, edited(190)),
    withoutKey: 'ROOT_MISMATCH',
    withKey: null,
  },
  {
    attack: 'truncate to 190, after the last anchor',
    bodies: honestBodies.slice(0, 190),
    withoutKey: 'LEDGER_TRUNCATED',
    withKey: null,
  },
  {
    attack: 'append a false entry with the stolen key',
    bodies: [...honestBodies, event(200, 'export.completed', { false: true })],
    withoutKey: null,
    withKey: null,
  },
];

describe('attacks on a ledger', () => {
  it('are told from an honest ledger, which is verified when an outside checkpoint has its size', async () => {
    const result = await verify(honest, [...outside, utf8(honest.checkpoint())]);
    expect(result).toEqual({
      verdict: 'VERIFIED',
      kind: 'ledger',
      signer: signer.vkey.vkey,
      size: 200,
      anchored: 200,
      findings: [],
    });
  });

  it.each(ROWS)('$attack, without the key: $withoutKey', async ({ bodies, withoutKey }) => {
    const result = await verify(new TestLedger(signer, bodies), outside, honest.checkpoint());
    if (withoutKey === null) {
      // What follows the lines that the checkpoint counts is no part of the ledger.
      expect(result).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', size: 200, anchored: 180 });
    } else {
      expect(result.verdict).toBe('BROKEN');
      expect(result.findings.map((finding) => finding.code)).toContain(withoutKey);
    }
  });

  it.each(ROWS)('$attack, with the key: $withKey', async ({ bodies, withKey }) => {
    const result = await verify(new TestLedger(signer, bodies));
    const codes = result.findings.map((finding) => finding.code);
    if (withKey === null) {
      expect(result.verdict).toBe('CONSISTENT, NOT ANCHORED');
      expect(result.anchored).toBe(180);
      expect(codes).toEqual(['NOT_ANCHORED']);
    } else {
      expect(result.verdict).toBe('BROKEN');
      expect(codes[0]).toBe(withKey);
    }
  });

  it('a truncation is missed by the checkpoint of size 160 alone and shown by the one of 180', async () => {
    const cut = new TestLedger(signer, honestBodies.slice(0, 170));
    expect((await verify(cut, [witnessed])).verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect((await verify(cut, delivered)).verdict).toBe('BROKEN');
  });

  it.each([
    [
      'edits entry 70 in place',
      70,
      (lines: Uint8Array[]) => lines.with(70, utf8(new TextDecoder().decode(lines[70]).replace('"n":70', '"n":71'))),
    ],
    ['deletes the line of entry 70', 70, (lines: Uint8Array[]) => lines.toSpliced(70, 1)],
    [
      'swaps the lines of 70 and 71',
      70,
      (lines: Uint8Array[]) => lines.toSpliced(70, 2, ...lines.slice(70, 72).toReversed()),
    ],
    [
      'repeats the line of entry 10 after 69',
      70,
      (lines: Uint8Array[]) => lines.toSpliced(70, 0, ...lines.slice(10, 11)),
    ],
  ])('somebody who only %s is told the first bad entry', async (_, seq, change) => {
    const ledger = new TestLedger(signer, []);
    for (const line of change(honest.lines)) ledger.appendLine(line);
    const result = await verify(ledger, [], honest.checkpoint());
    expect(result.verdict).toBe('BROKEN');
    expect(result.findings[0]?.seq).toBe(seq);
  });

  it('a ledger signed anew with another key is shown by the pinned key, and by an anchor without it', async () => {
    const other = newSigner();
    const resigned = new TestLedger(other, [created(other), ...honestBodies.slice(1)]);
    const folder = memoryFolder(resigned.files());
    const codesWith = async (options: object): Promise<[string, FindingCode[]]> => {
      const { verdict, findings } = await verifyLedger(folder, { primitives, ...options });
      return [verdict, findings.map((finding) => finding.code)];
    };
    expect(await codesWith({ key: signer.vkey })).toEqual(['BROKEN', ['SIGNER_MISMATCH', 'NOT_ANCHORED']]);
    expect(await codesWith({ trusted: [signer.vkey] })).toEqual([
      'CONSISTENT, NOT ANCHORED',
      ['SIGNER_UNPINNED', 'NOT_ANCHORED'],
    ]);
    expect(await codesWith({})).toEqual(['CONSISTENT, NOT ANCHORED', ['SIGNER_UNPINNED', 'NOT_ANCHORED']]);
    expect((await codesWith({ anchors: outside }))[0]).toBe('BROKEN');
    expect((await codesWith({ anchors: outside }))[1]).toContain('ANCHOR_INVALID');
  });

  it('a ledger signed anew contradicts an anchor of the key that is trusted', async () => {
    const other = newSigner();
    const resigned = memoryFolder(new TestLedger(other, [created(other), ...honestBodies.slice(1)]).files());
    const { verdict, findings } = await verifyLedger(resigned, {
      primitives,
      trusted: [signer.vkey, other.vkey],
      anchors: [utf8(honest.checkpoint())],
    });
    expect([verdict, findings[0]?.code]).toEqual(['BROKEN', 'ANCHOR_INVALID']);
  });

  it('the demanded key under the name of another ledger is another signer', async () => {
    const renamed = { ...signer, vkey: makeVkey(primitives, 'waybill-ledger/other', signer.vkey.publicKey) };
    const folder = memoryFolder(new TestLedger(renamed, bodiesOf(renamed, 3)).files());
    const { verdict, findings } = await verifyLedger(folder, { primitives, key: signer.vkey });
    expect([verdict, findings[0]?.code]).toEqual(['BROKEN', 'SIGNER_MISMATCH']);
  });

  it('the same content under a new key, entry 0 left as it was, contradicts itself', async () => {
    const resigned = new TestLedger(newSigner(), honestBodies);
    const result = await verifyLedger(memoryFolder(resigned.files()), { primitives });
    expect(result.verdict).toBe('BROKEN');
    expect(result.findings[0]).toMatchObject({ code: 'SIGNER_MISMATCH', seq: 0 });
  });

  it('a checkpoint of another ledger anchors nothing and breaks nothing', async () => {
    const other = newSigner('waybill-ledger/00000000-0000-4000-8000-00000000000f');
    const anchors = [utf8(new TestLedger(other, bodiesOf(other, 200)).checkpoint())];
    const result = await verifyLedger(memoryFolder(honest.files()), {
      primitives,
      trusted: [signer.vkey, other.vkey],
      anchors,
    });
    expect(result.verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(result.findings.map((finding) => finding.code)).toEqual(['NOT_ANCHORED', 'ANCHOR_OF_OTHER_LEDGER']);
  });

  it('accepts a clock that went back when an entry says so', async () => {
    const bodies = [
      ...honestBodies,
      { ...event(200, 'clock.adjusted', {}), time: timeOf(20) },
      { ...event(201, 'plan.created', {}), time: timeOf(21) },
    ];
    const result = await verify(new TestLedger(signer, bodies), []);
    expect(result.verdict).toBe('CONSISTENT, NOT ANCHORED');
  });
});
