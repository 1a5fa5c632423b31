// C2SP tlog-proof (https://c2sp.org/tlog-proof): where an entry stands in a log, its audit path, and a checkpoint.
import { bug } from '../errors/app-error.ts';
import { fromBase64, toBase64 } from '../util/base64.ts';
import { fromUtf8, utf8 } from '../util/utf8.ts';
import { openCheckpoint, parseDecimal, type SignedCheckpoint } from './checkpoint.ts';
import { HASH_BYTES } from './merkle.ts';
import { verifyInclusion } from './merkle-proof.ts';
import { accepted, refused, type Parsed } from './parsed.ts';
import type { ProofPrimitives } from './primitives.ts';
import type { VerifierKey } from './vkey.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

export interface TlogProof {
  readonly index: number;
  /** The audit path, from the leaf's sibling up to the root's child. */
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

export function formatTlogProof({ index, path, checkpoint }: TlogProof): string {
  if (!Number.isSafeInteger(index) || index < 0) throw bug('a proof without a proper index');
  if (path.some((hash) => hash.length !== HASH_BYTES)) throw bug('a proof with a hash that is not 32 bytes long');
  const lines = path.map((hash) => `${toBase64(hash)}\n`).join('');
  return `${HEADER}\nindex ${index}\n${lines}\n${checkpoint}`;
}

/** Reads a proof without judging it. The unauthenticated `extra` line is checked for its form and dropped. */
export function parseTlogProof(bytes: Uint8Array): Parsed<TlogProof> {
  const text = fromUtf8(bytes);
  if (text === undefined) return refused('The proof is not valid UTF-8.');
  const end = text.indexOf('\n\n');
  if (end < 0) return refused('The proof has no blank line before its checkpoint.');
  const [header, ...lines] = text.slice(0, end).split('\n');
  if (header !== HEADER) return refused('The proof does not begin with its version.');
  const [extra] = lines;
  if (extra?.startsWith('extra ')) {
    if (fromBase64(extra.slice('extra '.length)) === undefined) return refused('The extra line is not base64.');
    lines.shift();
  }
  const [indexLine = '', ...hashes] = lines;
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) return refused('The proof has no proper index line.');
  const path: Uint8Array[] = [];
  for (const line of hashes) {
    const hash = fromBase64(line);
    if (hash?.length !== HASH_BYTES) return refused('The proof has a line that is not the base64 of 32 bytes.');
    path.push(hash);
  }
  return accepted({ index, path, checkpoint: text.slice(end + 2) });
}

/** Verifies that the entry with this leaf hash stands at the proof's index under a checkpoint signed by a known key. */
export function verifyTlogProof(
  primitives: ProofPrimitives,
  proof: TlogProof,
  { leaf, known }: { leaf: Uint8Array; known: readonly VerifierKey[] },
): Parsed<SignedCheckpoint> {
  const checkpoint = openCheckpoint(primitives, utf8(proof.checkpoint), known);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const holds = verifyInclusion(primitives, { leaf, index: proof.index, size, root }, proof.path);
  return holds ? checkpoint : refused('The audit path does not lead from the entry to the root.');
}
