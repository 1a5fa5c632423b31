import { openCheckpoint, parseCheckpoint, type Checkpoint } from '../../../src-shared/proof/checkpoint.ts';
import { parseNote } from '../../../src-shared/proof/note.ts';
import type { VerifierKey } from '../../../src-shared/proof/vkey.ts';
import { nodePrimitives } from '../../ledger/node-primitives.ts';

/** What a checkpoint states, and whether the key at hand signed it. */
export interface StatedHead extends Checkpoint {
  readonly signed: boolean;
}

/** Reads a checkpoint that may be broken; null where it states nothing. */
export function headOf(note: Uint8Array | null, key: VerifierKey | null): StatedHead | null {
  if (note === null) return null;
  const opened = openCheckpoint(nodePrimitives, note, key === null ? [] : [key]);
  if (opened.ok) return { ...opened.value, signed: true };
  const parsed = parseNote(note);
  const stated = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return stated.ok ? { ...stated.value, signed: false } : null;
}
