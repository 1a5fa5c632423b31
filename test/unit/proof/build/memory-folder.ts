import type { FolderEntry, FolderReader } from '../../../../src-shared/proof/folder-reader.ts';
import { utf8 } from '../../../../src-shared/util/utf8.ts';

export type Files = Map<string, Uint8Array>;

/** A folder in memory; `extra` adds listing entries that are no plain files. */
export function memoryFolder(
  files: Files,
  options: { extra?: readonly FolderEntry[]; chunk?: number } = {},
): FolderReader {
  return {
    async *list() {
      for (const [path, bytes] of files) yield { path, kind: 'file', size: bytes.length };
      yield* options.extra ?? [];
    },
    async *open(path) {
      const bytes = files.get(path);
      if (bytes === undefined) throw new Error(`opened what is no file: ${path}`);
      const step = options.chunk ?? 65_536;
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    },
  };
}

export function withFile(files: Files, path: string, content: string | Uint8Array): Files {
  return new Map(files).set(path, typeof content === 'string' ? utf8(content) : content);
}

export function without(files: Files, path: string): Files {
  const rest = new Map(files);
  rest.delete(path);
  return rest;
}

export function textOf(files: Files, path: string): string {
  return new TextDecoder().decode(files.get(path));
}

export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
