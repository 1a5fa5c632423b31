// C2SP signed notes (https://c2sp.org/signed-note): a text, a blank line, signature lines. UNTRUSTED until verified.
import { bug } from '../errors/app-error.ts';
import { fromBase64, toBase64 } from '../util/base64.ts';
import { fromUtf8, utf8 } from '../util/utf8.ts';
import { equalBytes } from './equal-bytes.ts';
import { accepted, refused, type Parsed } from './parsed.ts';
import type { ProofPrimitives } from './primitives.ts';
import { isKeyName, type VerifierKey } from './vkey.ts';

/** The most signatures read from one note; the specification asks for at least 16. */
export const MAX_NOTE_SIGNATURES = 16;

const KEY_ID_BYTES = 4;

export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Note {
  /** What is signed: the text with its final newline, without the blank line. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Reads a note without judging its signatures. */
export function parseNote(bytes: Uint8Array): Parsed<Note> {
  const whole = fromUtf8(bytes);
  if (whole === undefined) return refused('The note is not valid UTF-8.');
  if (hasControlCharacter(whole)) return refused('The note holds a control character.');
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0) return refused('The note has no blank line before its signatures.');
  if (!whole.endsWith('\n') || whole.length === blank + 2) return refused('The note has no signature line.');
  const lines = whole.slice(blank + 2, -1).split('\n');
  if (lines.length > MAX_NOTE_SIGNATURES) return refused('The note has more than 16 signatures.');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === undefined) return refused('The note has a malformed signature line.');
    signatures.push(signature);
  }
  return accepted({ text: whole.slice(0, blank + 1), signatures });
}

/**
 * The known keys whose signatures hold. Signatures of unknown keys are ignored, even when they share a name or an id with
 * a known one; a signature of a known key that does not hold, or no signature of a known key at all, refuses the note.
 */
export function verifyNote(
  primitives: Pick<ProofPrimitives, 'ed25519Verify'>,
  note: Note,
  known: readonly VerifierKey[],
): Parsed<readonly VerifierKey[]> {
  const message = utf8(note.text);
  const holding = new Set<VerifierKey>();
  for (const { name, keyId, signature } of note.signatures) {
    const key = known.find((candidate) => candidate.name === name && equalBytes(candidate.keyId, keyId));
    if (key === undefined) continue;
    if (!primitives.ed25519Verify(key.publicKey, message, signature))
      return refused('The signature of a known key does not hold.');
    holding.add(key);
  }
  if (holding.size === 0) return refused('No known key signed it.');
  return accepted([...holding]);
}

/** The note over `text` with the given signatures of `utf8(text)`. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): string {
  if (!text.endsWith('\n') || hasControlCharacter(text))
    throw bug('a note text does not end its last line or holds a control character');
  if (signatures.length === 0) throw bug('a note without a signature');
  const lines = signatures.map(({ name, keyId, signature }) => {
    if (!isKeyName(name) || keyId.length !== KEY_ID_BYTES)
      throw bug('a note signature without a proper key name and id');
    return `— ${name} ${toBase64(Uint8Array.of(...keyId, ...signature))}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name, base64, ...rest] = line.split(' ');
  if (dash !== '—' || name === undefined || base64 === undefined || rest.length > 0 || !isKeyName(name))
    return undefined;
  const bytes = fromBase64(base64);
  if (bytes === undefined || bytes.length <= KEY_ID_BYTES) return undefined;
  return { name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) };
}

function hasControlCharacter(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the specification forbids exactly these
  return /[\u0000-\u0009\u000b-\u001f]/.test(text);
}
