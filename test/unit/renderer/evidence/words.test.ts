import { describe, expect, it } from 'vitest';
import {
  brokenWhy,
  firstBadEntry,
  inReadingOrder,
  reportOf,
  weightOf,
} from '../../../../src-renderer/components/evidence/broken-words.ts';
import { moveOf } from '../../../../src-renderer/components/evidence/move-in-list.ts';
import { readableEntry } from '../../../../src-renderer/components/evidence/readable-entry.ts';
import { shownSteps } from '../../../../src-renderer/components/evidence/shown-steps.ts';
import { checksOf } from '../../../../src-renderer/features/audit/checks-of.ts';
import { anchorWords } from '../../../../src-renderer/features/ledger/anchor-words.ts';
import { proposedFolder } from '../../../../src-renderer/features/ledger/proposed-folder.ts';
import type { EntryDetail, LedgerStatus } from '../../../../src-shared/contract/evidence.ts';
import type { VerifyFacts } from '../../../../src-shared/contract/parts.ts';
import { formatMoment } from '../../../../src-shared/util/format-moment.ts';

function resultOf(kind: VerifyFacts['kind'], ...codes: (string | [code: string, seq: number])[]): VerifyFacts {
  const findings = codes.map((one) =>
    typeof one === 'string' ? { code: one, message: `${one}.` } : { code: one[0], message: `${one[0]}.`, seq: one[1] },
  );
  const broken = findings.some((finding) => weightOf(finding) === 'broken');
  return { verdict: broken ? 'BROKEN' : 'CONSISTENT, NOT ANCHORED', kind, signer: 'a+1+b', findings };
}

describe('a broken ledger', () => {
  it('is named by its first bad entry, whatever was found first', () => {
    const result = resultOf(
      'ledger',
      'CHECKPOINT_INVALID',
      ['TIME_REVERSED', 90],
      ['ENTRY_CHANGED', 71],
      'NOT_ANCHORED',
    );
    expect([firstBadEntry(result), brokenWhy(result)]).toEqual([71, 'entry 71 was changed after it was written']);
    expect(inReadingOrder(result.findings).map(({ code }) => code)).toEqual([
      'ENTRY_CHANGED',
      'TIME_REVERSED',
      'CHECKPOINT_INVALID',
      'NOT_ANCHORED',
    ]);
  });

  it('whose damage is not one of an entry has no first bad one, and an unknown finding is said as it is', () => {
    expect(firstBadEntry(resultOf('ledger', 'SIGNER_MISMATCH', ['THROW_AWAY', 0]))).toBeNull();
    expect(firstBadEntry(resultOf('ledger', ['THROW_AWAY', 0]))).toBeNull();
    expect(brokenWhy(resultOf('ledger', 'SOMETHING_NEW'))).toBe('SOMETHING_NEW.');
  });

  it('is reported as text with verdict, signer and findings', () => {
    expect(reportOf('/x/ledger', { ...resultOf('ledger', ['ENTRY_CHANGED', 3]), size: 9 })).toBe(
      '/x/ledger: BROKEN (ledger, ledger size 9)\na+1+b\nENTRY_CHANGED (Entry 3): ENTRY_CHANGED.',
    );
  });
});

describe('what was checked', () => {
  const states = (result: VerifyFacts) => Object.fromEntries(checksOf(result).map(({ id, state }) => [id, state]));

  it('is all well but for what only a person can compare', () => {
    const open = { checkpoint: 'ok', entriesFollow: 'ok', order: 'ok', root: 'ok', key: 'open', anchor: 'open' };
    expect(states(resultOf('ledger', 'SIGNER_UNPINNED', 'NOT_ANCHORED'))).toEqual(open);
  });

  it('calls nothing good that verification did not come to', () => {
    expect(states(resultOf('bundle', ['ENTRY_CHANGED', 4], 'RUN_FILE_UNRECORDED', 'NOT_ANCHORED'))).toEqual({
      bag: 'ok',
      checkpoint: 'ok',
      entriesFollow: 'bad',
      order: 'unreached',
      root: 'unreached',
      papers: 'unreached',
      key: 'ok',
      anchor: 'open',
    });
    expect(states(resultOf('package', 'VKEY_INVALID'))).toMatchObject({ files: 'unreached', seal: 'unreached' });
  });

  it('calls nothing good beside findings that are unknown or not listed', () => {
    expect(states(resultOf('ledger', 'SOMETHING_NEW'))).toMatchObject({ order: 'unreached', root: 'unreached' });
    const many = resultOf('package', 'FILE_EXTRA', 'MORE_FINDINGS');
    expect(states(many)).toMatchObject({ files: 'bad', lists: 'unreached', seal: 'unreached' });
  });

  it('says that papers are not of a ledger when all of it was read', () => {
    expect(states(resultOf('bundle', 'RUN_FILE_UNRECORDED'))).toMatchObject({ papers: 'bad', entriesFollow: 'ok' });
  });
});

describe('an entry for people', () => {
  it('says who, why, from where to where and how much', () => {
    const { facts, more } = readableEntry({
      data: {
        actor: { osUser: 'jdoe' },
        host: { name: 'desk' },
        purpose: 'CHG-1',
        source: { connection: 'shop', engine: 'Product', version: '16', objects: ['a.b'] },
        destination: { kind: 'folder', name: 'out' },
        volume: { rows: 4711, files: 1, bytes: 2048 },
        transforms: [{ column: 'a.b.c', method: 'redact' }],
      },
    });
    expect(facts.map(({ label, value, aside }) => [label, value, aside].join('|'))).toEqual([
      'Who|jdoe|on desk',
      'Purpose|CHG-1|',
      'From|shop|Product 16',
      'Tables|a.b|',
      'To|out|folder',
      'Rows|4\u00a0711|in 1 file, 2.0 KiB',
      'Masked|1 column|a.b.c: redact',
    ]);
    expect(more).toContainEqual(['data.source.objects[0]', 'a.b']);
  });

  it('says of a preview which table it was of, and whether originals were shown', () => {
    const told = (originals: boolean) =>
      readableEntry({ data: { plan: { name: 'crm' }, table: 'public.customers', rows: 50, originals } }).facts.map(
        ({ label, value }) => `${label}: ${value}`,
      );
    expect(told(true)).toEqual([
      'Plan: crm',
      'Tables: public.customers',
      'Originals: shown, as they are in the source',
      'Rows: 50',
    ]);
    expect(told(false)).toContain('Originals: not shown; only what would be written');
  });

  it('takes any shape, and shows no more than a person reads', () => {
    const hostile = {
      data: { volume: { rows: -1 }, source: 7, actor: [], list: Array.from({ length: 500 }, () => '<b>') },
    };
    expect(readableEntry(hostile).more.length).toBe(80);
    expect(readableEntry(hostile).facts).toEqual([]);
    expect(readableEntry(null)).toEqual({ facts: [], more: [] });
  });
});

describe('the steps of a proof', () => {
  const proof = {
    size: 4,
    signedRoot: 'cc',
    holds: true,
    steps: [
      { side: 'left' as const, first: 0, last: 0, sibling: 'aa', result: 'bb' },
      { side: 'right' as const, first: 2, last: 3, sibling: 'dd', result: 'cc' },
    ],
  };
  const detail = { leafHash: '11', proof } as unknown as EntryDetail;

  it('go from the line to the signed checkpoint', () => {
    expect(shownSteps(detail).map(({ title, hash, bad }) => [title, hash, bad])).toEqual([
      ['Hash of the line above', '11', false],
      ['with its left neighbour, entry 0', 'bb', false],
      ['with entries 2 to 3', 'cc', false],
      ['Root of all 4 entries', 'cc', false],
      ['Equals the signed checkpoint', 'cc', false],
    ]);
  });

  it('end badly where the root differs, nobody known signed it, or there is no checkpoint', () => {
    const last = (change: object) =>
      shownSteps({ ...detail, proof: { ...proof, holds: false, ...change } }).at(-1)?.title;
    expect(last({ signedRoot: 'ee' })).toBe('Differs from the signed checkpoint');
    expect(last({})).toBe('No known key signed that checkpoint');
    expect(last({ signedRoot: null })).toBe('No checkpoint to compare with');
  });
});

it('says what covers the ledger and how many entries are newer', () => {
  const status = { size: 131, anchored: null, carried: null, result: null } as unknown as LedgerStatus;
  expect(anchorWords(status)).toContain('No delivery has taken a checkpoint along yet');
  const carried = { size: 130, seq: 130, time: '2026-11-23T08:00:00.000Z', to: 'partner' };
  expect(anchorWords({ ...status, carried })).toMatch(/size 130 along, .* to partner\. 1 entry is newer/);
  expect(anchorWords({ ...status, anchored: 125, carried })).toMatch(/^Last outside anchor: size 125\. 6 entries/);
  expect(anchorWords({ ...status, anchored: 131 })).toContain('No entry is newer.');
});

it('leads from entry to entry by keys', () => {
  const at = (key: string, from: number | null) => moveOf(key, { from, page: 10, last: 99 });
  expect([at('ArrowDown', 4), at('ArrowUp', 4), at('PageDown', 4), at('Home', 4), at('End', 4)]).toEqual([
    5, 3, 14, 0, 99,
  ]);
  expect([at('ArrowDown', null), at('Enter', 4), at('x', 4)]).toEqual([0, 4, undefined]);
});

it('proposes a folder of the day, spelt as the system does', () => {
  const day = new Date(2026, 10, 3);
  expect(proposedFolder('/home/x/Documents/', day)).toBe('/home/x/Documents/waybill-audit-2026-11-03');
  expect(proposedFolder('C:\\Users\\x', day)).toBe('C:\\Users\\x\\waybill-audit-2026-11-03');
});

it('tells moments where the person is, with the year where it is another', () => {
  const now = new Date(2026, 10, 25);
  const moment = (year: number) => new Date(year, 10, 3, 4, 5, 6).toISOString();
  expect(formatMoment(moment(2026), now)).toBe('3 Nov 04:05:06');
  expect(formatMoment(moment(2025), now)).toBe('3 Nov 2025 04:05:06');
  expect(formatMoment('no time', now)).toBe('no time');
});
