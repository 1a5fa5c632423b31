import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface TreeEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** Permission bits in octal. */
  readonly mode: string;
  readonly bytes: Buffer;
}

/** Everything below a folder, the folder itself first, in the order of paths. */
export function readTree(root: string): TreeEntry[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name));
  return [root, ...all.sort()].map((path) => {
    const facts = lstatSync(path);
    const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
    return {
      path: relative(root, path),
      kind,
      mode: (facts.mode & 0o7777).toString(8),
      bytes: kind === 'file' ? readFileSync(path) : Buffer.alloc(0),
    };
  });
}

/** Path, mode and content of everything below a folder, as one line each. */
export function treeFingerprint(root: string): string[] {
  return readTree(root).map(
    ({ path, kind, mode, bytes }) => `${path} ${kind} ${mode} ${createHash('sha256').update(bytes).digest('hex')}`,
  );
}
