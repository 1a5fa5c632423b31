import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src-shared/proof/canonical-json.ts';
import type { FindingCode } from '../../../src-shared/proof/finding-catalog.ts';
import type { FolderReader } from '../../../src-shared/proof/folder-reader.ts';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot, leafHash } from '../../../src-shared/proof/merkle.ts';
import { formatCheckpoint } from '../../../src-shared/proof/checkpoint.ts';
import { NO_PREVIOUS } from '../../../src-shared/proof/entry.ts';
import { formatNote } from '../../../src-shared/proof/note.ts';
import { exitCodeOfVerdict } from '../../../src-shared/proof/verdict.ts';
import { verifyLedger } from '../../../src-shared/proof/verify-ledger.ts';
import { toHex } from '../../../src-shared/util/hex.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as primitives } from '../../fakes/node-primitives.ts';
import { bodiesOf, created, event, joinLines, newSigner, TestLedger } from './build/build-ledger.ts';
import { flipBit, memoryFolder, withFile, without, type Files } from './build/memory-folder.ts';

const signer = newSigner();
const ledger = new TestLedger(signer, bodiesOf(signer, 9));
const files = ledger.files();

async function codesOf(changed: Files | FolderReader): Promise<[string, FindingCode | undefined]> {
  const folder = changed instanceof Map ? memoryFolder(changed) : changed;
  const { verdict, findings } = await verifyLedger(folder, { primitives, key: signer.vkey });
  return [verdict, findings[0]?.code];
}

describe('verifying a ledger', () => {
  it('finds it whole and says that the signer is unknown and nothing outside covers it', async () => {
    const result = await verifyLedger(memoryFolder(files), { primitives });
    expect(result).toMatchObject({
      verdict: 'CONSISTENT, NOT ANCHORED',
      kind: 'ledger',
      signer: signer.vkey.vkey,
      size: 9,
    });
    expect(result.findings.map((finding) => finding.code)).toEqual(['SIGNER_UNPINNED', 'NOT_ANCHORED']);
    expect(Object.keys(result)).not.toContain('anchored');
  });

  it.each([
    ['one byte at a time', 1],
    ['in odd pieces', 7],
    ['at once', 1_000_000],
  ])('reads it %s', async (_, chunk) => {
    const { verdict, size } = await verifyLedger(memoryFolder(files, { chunk }), { primitives });
    expect([verdict, size]).toEqual(['CONSISTENT, NOT ANCHORED', 9]);
  });

  it('verifies the prefix that the checkpoint counts while a writer appends', async () => {
    for (let size = 1; size <= 9; size++) {
      for (const tail of ['', '{"half an ent', '\u0000\u0000\n\n\n']) {
        const bytes = new Uint8Array(Buffer.concat([ledger.entries(), utf8(tail)]));
        const appended = withFile(withFile(files, 'checkpoint', ledger.checkpoint(size)), 'entries.jsonl', bytes);
        const result = await verifyLedger(memoryFolder(appended, { chunk: 100 }), { primitives });
        expect([result.verdict, result.size]).toEqual(['CONSISTENT, NOT ANCHORED', size]);
      }
    }
  });

  it('takes the key from entry 0 where there is no key file', async () => {
    expect(await codesOf(without(files, 'log.vkey'))).toEqual(['CONSISTENT, NOT ANCHORED', 'NOT_ANCHORED']);
  });

  it.each<[string, FindingCode, Files | FolderReader]>([
    ['no checkpoint', 'FILE_MISSING', without(files, 'checkpoint')],
    ['no entries', 'FILE_MISSING', without(files, 'entries.jsonl')],
    ['empty entries', 'LEDGER_TRUNCATED', withFile(files, 'entries.jsonl', '')],
    [
      'the last line without its end',
      'LEDGER_TRUNCATED',
      withFile(files, 'entries.jsonl', ledger.entries().slice(0, -1)),
    ],
    [
      'the last line missing',
      'LEDGER_TRUNCATED',
      withFile(files, 'entries.jsonl', joinLines(ledger.lines.slice(0, -1))),
    ],
    [
      'CRLF',
      'ENTRY_INVALID',
      withFile(files, 'entries.jsonl', new TextDecoder().decode(ledger.entries()).replaceAll('\n', '\r\n')),
    ],
    ['a line beyond all bounds', 'ENTRY_INVALID', withFile(files, 'entries.jsonl', `${'x'.repeat(200_000)}\n`)],
    [
      'a blank line',
      'ENTRY_INVALID',
      withFile(files, 'entries.jsonl', `\n${new TextDecoder().decode(ledger.entries())}`),
    ],
    ['a checkpoint beyond all bounds', 'CHECKPOINT_INVALID', withFile(files, 'checkpoint', 'x'.repeat(70_000))],
    [
      'a checkpoint of CRLF',
      'CHECKPOINT_INVALID',
      withFile(files, 'checkpoint', ledger.checkpoint().replaceAll('\n', '\r\n')),
    ],
    [
      'a checkpoint signed by another',
      'CHECKPOINT_INVALID',
      withFile(files, 'checkpoint', ledger.checkpoint(9, newSigner())),
    ],
    ['an empty checkpoint', 'CHECKPOINT_INVALID', withFile(files, 'checkpoint', '')],
    ['a key file of rubbish', 'VKEY_INVALID', withFile(files, 'log.vkey', 'rubbish')],
    ['a checkpoint of nothing', 'LEDGER_START_INVALID', withFile(files, 'checkpoint', ledger.checkpoint(0))],
    ['another beginning', 'LEDGER_START_INVALID', new TestLedger(signer, [event(0, 'plan.created', {})]).files()],
    [
      'a beginning of another origin',
      'LEDGER_START_INVALID',
      new TestLedger(signer, [created(signer, { origin: 'elsewhere' })]).files(),
    ],
    [
      'entries behind a link',
      'PATH_LINK',
      memoryFolder(without(files, 'entries.jsonl'), { extra: [{ path: 'entries.jsonl', kind: 'link', size: 0 }] }),
    ],
    [
      'a device as checkpoint',
      'PATH_SPECIAL',
      memoryFolder(without(files, 'checkpoint'), { extra: [{ path: 'checkpoint', kind: 'other', size: 0 }] }),
    ],
  ])('is BROKEN with %s: %s', async (_, code, changed) => {
    expect(await codesOf(changed)).toEqual(['BROKEN', code]);
  });

  it('is not disturbed by the writer’s other files, whatever they are', async () => {
    const folder = memoryFolder(files, {
      extra: [
        { path: 'lock.sqlite', kind: 'link', size: 0 },
        { path: 'torn-1.bin', kind: 'other', size: 0 },
      ],
    });
    expect((await codesOf(folder))[0]).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('says of a throw-away key that it is one, in every verdict', async () => {
    const temporary = new TestLedger(signer, [created(signer, { throwAway: true }), event(1, 'plan.created', {})]);
    const anchors = [utf8(temporary.checkpoint())];
    const verified = await verifyLedger(memoryFolder(temporary.files()), { primitives, key: signer.vkey, anchors });
    expect([verified.verdict, verified.findings.map((finding) => finding.code)]).toEqual(['VERIFIED', ['THROW_AWAY']]);
    const broken = withFile(temporary.files(), 'entries.jsonl', joinLines(temporary.lines.slice(0, 1)));
    const result = await verifyLedger(memoryFolder(broken), { primitives });
    expect(result.verdict).toBe('BROKEN');
    expect(result.findings.map((finding) => finding.code)).toContain('THROW_AWAY');
  });

  it('is BROKEN with a bit flipped in any byte of entries, checkpoint or key', async () => {
    const small = new TestLedger(signer, bodiesOf(signer, 3));
    for (const path of ['entries.jsonl', 'checkpoint', 'log.vkey']) {
      const bytes = small.files().get(path) ?? new Uint8Array(0);
      for (let bit = 0; bit < bytes.length * 8; bit += 3) {
        const flipped = withFile(small.files(), path, flipBit(bytes, bit));
        expect((await codesOf(flipped))[0], `${path} bit ${bit}`).toBe('BROKEN');
      }
    }
  });

  it('turns its verdict into an exit code by what the caller demands', async () => {
    const demands = [{}, { requireKey: true }, { requireAnchor: true }];
    const exitCodes = async (options: object, changed: Files = files): Promise<number[]> => {
      const result = await verifyLedger(memoryFolder(changed), { primitives, ...options });
      return demands.map((demand) => exitCodeOfVerdict(result, demand));
    };
    expect(await exitCodes({})).toEqual([0, 9, 9]);
    expect(await exitCodes({ trusted: [signer.vkey] })).toEqual([0, 0, 9]);
    expect(await exitCodes({ key: signer.vkey, anchors: [utf8(ledger.checkpoint())] })).toEqual([0, 0, 0]);
    expect(await exitCodes({}, without(files, 'checkpoint'))).toEqual([9, 9, 9]);
  });

  it('streams 100,000 entries in little memory and closes the file after the last one', async () => {
    const count = 100_000;
    let closed = false;
    // The first pass only learns the root; neither pass holds more than a chunk of lines.
    let frontier = EMPTY_FRONTIER;
    for (const line of manyLines(count)) frontier = appendLeaf(primitives, frontier, leafHash(primitives, line));
    const text = formatCheckpoint({ origin: signer.vkey.name, size: count, root: frontierRoot(primitives, frontier) });
    const { name, keyId } = signer.vkey;
    const small = withFile(
      files,
      'checkpoint',
      formatNote(text, [{ name, keyId, signature: signer.sign(utf8(text)) }]),
    );
    const folder: FolderReader = {
      list: () => memoryFolder(small).list(),
      open: (path) =>
        path === 'entries.jsonl' ? chunksOf(manyLines(count), () => (closed = true)) : memoryFolder(small).open(path),
    };
    const before = process.memoryUsage().rss;
    const result = await verifyLedger(folder, { primitives, key: signer.vkey });
    const grown = process.memoryUsage().rss - before;
    expect([result.verdict, result.size, closed]).toEqual(['CONSISTENT, NOT ANCHORED', count, true]);
    // The entries themselves are about 130 MB.
    expect(grown).toBeLessThan(120 * 1024 * 1024);
  }, 120_000);
});

function* manyLines(count: number): Generator<Uint8Array> {
  let prev = NO_PREVIOUS;
  const fill = 'x'.repeat(1000);
  for (let n = 0; n < count; n++) {
    const body = n === 0 ? created(signer) : event(n, 'plan.created', { fill, n });
    const line = utf8(canonicalJson({ ...body, seq: n, prev }));
    prev = toHex(leafHash(primitives, line));
    yield line;
  }
}

async function* chunksOf(lines: Iterable<Uint8Array>, onClose: () => void): AsyncGenerator<Uint8Array> {
  try {
    let held: Uint8Array[] = [];
    for (const line of lines) {
      held.push(line);
      if (held.length === 64) {
        yield joinLines(held);
        held = [];
      }
    }
    yield joinLines(held);
    // A verifier that reads on after the last entry would meet this.
    yield utf8('not an entry\n'.repeat(10));
  } finally {
    onClose();
  }
}
