import { fromUtf8 } from '../util/utf8.ts';
import { accepted, refused, type Parsed } from './parsed.ts';
import { isSafePath } from './safe-path.ts';

/**
 * Reads a list of checksums as `sha256sum` and BagIt write it: `<hex>  <path>`, one file per line, each line ended by LF.
 * Names that would need an escape are refused: no file written here has one.
 */
export function parseSums(bytes: Uint8Array): Parsed<ReadonlyMap<string, string>> {
  const text = fromUtf8(bytes);
  if (text === undefined) return refused('It is not valid UTF-8.');
  if (!text.endsWith('\n')) return refused('Its last line has no end.');
  const sums = new Map<string, string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/s.exec(line) ?? [];
    if (sha256 === undefined || path === undefined) return refused('A line is not a SHA-256, two spaces and a path.');
    if (!isSafePath(path)) return refused('A path does not stay inside the folder.');
    if (sums.has(path)) return refused('A path is listed twice.');
    sums.set(path, sha256);
  }
  return accepted(sums);
}
