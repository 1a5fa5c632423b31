import type { EntryDetail } from '../../../src-shared/contract/evidence.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { parseEntry } from '../../../src-shared/proof/entry.ts';
import { leafHash, nodeHash } from '../../../src-shared/proof/merkle.ts';
import { verifyInclusion } from '../../../src-shared/proof/merkle-proof.ts';
import { parseJsonObject } from '../../../src-shared/proof/parse-json.ts';
import { toHex } from '../../../src-shared/util/hex.ts';
import { nodePrimitives } from '../../ledger/node-primitives.ts';
import { shownOf, type EntryIndex, type IndexedLine } from './entry-index.ts';
import type { StatedHead } from './ledger-head.ts';

/** The entries of a ledger, wherever they lie. */
export interface EntrySource {
  readonly index: EntryIndex;
  readonly head: StatedHead | null;
  /** Content from `start` on. */
  readonly read: (start: number) => AsyncIterable<Uint8Array>;
}

/** One entry with its exact line, read anew, and its proof up to the root, each step computed here. */
export async function entryDetailOf(source: EntrySource, seq: number): Promise<EntryDetail> {
  const known = source.index.lines[seq];
  if (known === undefined) throw entryAbsent(seq, source.index.lines.length);
  const line = await readLine(source, known);
  const strict = parseEntry(line);
  const json = parseJsonObject(line);
  return {
    ...shownOf(known),
    flaw: strict.ok ? known.flaw : strict.reason,
    // Bytes that are no UTF-8 become U+FFFD: this is for looking at, the hash is over the bytes.
    line: new TextDecoder('utf-8', { ignoreBOM: true }).decode(line),
    bytes: line.length,
    leafHash: toHex(leafHash(nodePrimitives, line)),
    entry: json.ok ? json.value : null,
    namedByNext: await namedByNext(source, seq),
    proof: proofOf(source, seq, leafHash(nodePrimitives, line)),
  };
}

async function readLine({ read }: EntrySource, { offset, bytes }: IndexedLine): Promise<Uint8Array> {
  const line = new Uint8Array(bytes);
  let length = 0;
  for await (const block of read(offset)) {
    const part = block.subarray(0, bytes - length);
    line.set(part, length);
    length += part.length;
    if (length >= bytes) break;
  }
  return line.subarray(0, length);
}

async function namedByNext(source: EntrySource, seq: number): Promise<string | null> {
  const next = source.index.lines[seq + 1];
  if (next === undefined) return null;
  const json = parseJsonObject(await readLine(source, next));
  const prev = json.ok ? json.value['prev'] : undefined;
  return typeof prev === 'string' && /^[0-9a-f]{64}$/.test(prev) ? prev : null;
}

/** `leaf` is that of the line as it lies there now, which may have been changed since it was indexed. */
function proofOf({ index, head }: EntrySource, seq: number, leaf: Uint8Array): EntryDetail['proof'] {
  const size = Math.min(index.tree.size, head?.size ?? Infinity);
  const signedRoot = head === null ? null : toHex(head.root);
  if (seq >= size) return { size, signedRoot, steps: [], holds: false };
  const path = index.tree.path(seq, size);
  let hash = leaf;
  const steps = path.map(({ side, start, end, hash: sibling }) => {
    hash = side === 'left' ? nodeHash(nodePrimitives, sibling, hash) : nodeHash(nodePrimitives, hash, sibling);
    return { side, first: start, last: end - 1, sibling: toHex(sibling), result: toHex(hash) };
  });
  const holds =
    head !== null &&
    head.signed &&
    verifyInclusion(
      nodePrimitives,
      { leaf, index: seq, size: head.size, root: head.root },
      path.map((node) => node.hash),
    );
  return { size, signedRoot, steps, holds };
}

function entryAbsent(seq: number, size: number): Error {
  return appError('LEDGER/ENTRY_ABSENT', {
    message:
      size === 0 ? 'The ledger has no entries.' : `The ledger has no entry ${seq}; its entries are 0 to ${size - 1}.`,
    remedy: 'Choose one of the list.',
    context: { seq, size },
  });
}
