// C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint): a signed note whose text is origin, size and root of a tree.
import { bug } from '../errors/app-error.ts';
import { fromBase64, toBase64 } from '../util/base64.ts';
import { HASH_BYTES } from './merkle.ts';
import { parseNote, verifyNote, type Note } from './note.ts';
import { accepted, refused, type Parsed } from './parsed.ts';
import type { ProofPrimitives } from './primitives.ts';
import type { VerifierKey } from './vkey.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** The note text of a checkpoint: what the log signs. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (origin === '' || /[\n\r]/.test(origin)) throw bug('a checkpoint without a proper origin');
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== HASH_BYTES)
    throw bug('a checkpoint without a proper size and root');
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the note text of a checkpoint. Extension lines are opaque and may be there, but not empty. */
export function parseCheckpoint(text: string): Parsed<Checkpoint> {
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (!text.endsWith('\n') || !origin || !size || !root || extensions.includes(''))
    return refused('It has fewer than three lines, or an empty one.');
  const leaves = parseDecimal(size);
  if (leaves === undefined) return refused('Its size is not a plain decimal number.');
  const hash = fromBase64(root);
  if (hash?.length !== HASH_BYTES) return refused('Its root is not the base64 of 32 bytes.');
  return accepted({ origin, size: leaves, root: hash });
}

/** A checkpoint whose signature was verified. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
  readonly signers: readonly VerifierKey[];
}

/** Reads a signed checkpoint and verifies it under keys the caller knows; the log's key has its origin as name. */
export function openCheckpoint(
  primitives: Pick<ProofPrimitives, 'ed25519Verify'>,
  bytes: Uint8Array,
  known: readonly VerifierKey[],
): Parsed<SignedCheckpoint> {
  const note = parseNote(bytes);
  if (!note.ok) return note;
  const signers = verifyNote(primitives, note.value, known);
  if (!signers.ok) return signers;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  const { origin } = checkpoint.value;
  if (!signers.value.some((key) => key.name === origin)) return refused('No known key of its own log signed it.');
  return accepted({ ...checkpoint.value, note: note.value, signers: signers.value });
}

/** An ASCII decimal without leading zeroes that a number holds exactly. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
