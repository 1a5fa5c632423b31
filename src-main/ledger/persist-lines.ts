import { formatCheckpoint } from '../../src-shared/proof/checkpoint.ts';
import { frontierRoot } from '../../src-shared/proof/merkle.ts';
import { formatNote } from '../../src-shared/proof/note.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import type { Store } from '../ports/store.ts';
import { writeFailure } from './errors.ts';
import type { LedgerKey } from './ledger-key.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import { nodePrimitives } from './node-primitives.ts';
import { takeLine, type TreeState } from './tree-state.ts';

export interface PersistRequest {
  readonly store: Store;
  readonly paths: LedgerPaths;
  readonly key: LedgerKey;
  /** Bytes beyond `state` are this process's own failed attempt, made under the lock it still holds. */
  readonly discardTail?: boolean;
}

/**
 * Makes lines durable, then signs: entries, sync, checkpoint by rename. A checkpoint never counts an entry that a crash
 * could take back. Gives the new state and the checkpoint's text.
 */
export async function persistLines(
  { store, paths, key, discardTail = false }: PersistRequest,
  state: TreeState,
  lines: readonly Uint8Array[],
): Promise<{ readonly state: TreeState; readonly note: Uint8Array }> {
  await using writer = await store.openAppend(paths.entries);
  if (discardTail && writer.size > state.bytes) await writer.truncate(state.bytes);
  if (writer.size !== state.bytes) throw writeFailure(paths.folder, 'its file changed under the lock');
  await writer.write(joinLines(lines));
  await writer.sync();
  await writer.close();
  const next = lines.reduce(takeLine, state);
  const note = utf8(signTree(key, next));
  await store.replace(paths.checkpoint, note);
  return { state: next, note };
}

/** The signed checkpoint of a tree. */
export function signTree({ key, signer }: LedgerKey, { frontier }: TreeState): string {
  const text = formatCheckpoint({
    origin: key.name,
    size: frontier.size,
    root: frontierRoot(nodePrimitives, frontier),
  });
  return formatNote(text, [{ name: key.name, keyId: key.keyId, signature: signer.sign(utf8(text)) }]);
}

/** Lines as they stand in the file, each with its LF. */
export function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, 0));
  let offset = 0;
  for (const line of lines) {
    whole.set(line, offset);
    whole[offset + line.length] = 0x0a;
    offset += line.length + 1;
  }
  return whole;
}
