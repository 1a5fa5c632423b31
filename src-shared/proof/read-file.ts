import { toHex } from '../util/hex.ts';
import type { FolderReader } from './folder-reader.ts';
import type { ProofPrimitives } from './primitives.ts';

/** A whole file of at most `limit` bytes; `undefined` when it is longer, whatever its listing said. */
export async function readFile(folder: FolderReader, path: string, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of folder.open(path)) {
    length += chunk.length;
    if (length > limit) return undefined;
    // The reader may use its buffer again.
    chunks.push(chunk.slice());
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

export interface FileDigest {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** SHA-256 and length of the files at `paths`, one after the other as if they were one. */
export async function digestFiles(
  primitives: ProofPrimitives,
  folder: FolderReader,
  paths: readonly string[],
): Promise<FileDigest> {
  const hash = primitives.newSha256();
  let bytes = 0;
  for (const path of paths) {
    for await (const chunk of folder.open(path)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  }
  return { sha256: toHex(hash.digest()), bytes };
}
