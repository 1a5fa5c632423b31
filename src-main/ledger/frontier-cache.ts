import { z } from 'zod';
import { AppError } from '../../src-shared/errors/app-error.ts';
import { isFrontier } from '../../src-shared/proof/merkle.ts';
import { fromHex, toHex } from '../../src-shared/util/hex.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import type { Store, StoreReader } from '../ports/store.ts';
import type { TreeState } from './tree-state.ts';

const MAX_CACHE_BYTES = 16_384;
/** Odd: then the last leaf is itself a hash of the frontier, and the signed root vouches for it too. */
const isCachedSize = (size: number): boolean => size % 256 === 1;

const cacheSchema = z.object({
  size: z.number().int().positive(),
  bytes: z.number().int().positive(),
  hashes: z.array(z.string()),
});

/**
 * Where a long ledger's scan may begin. UNTRUSTED: the caller scans on to the signed size and ignores the cache when the
 * root is another.
 */
export async function readFrontierCache(reader: StoreReader, path: string): Promise<TreeState | null> {
  const bytes = await reader.file(path, MAX_CACHE_BYTES);
  const parsed = cacheSchema.safeParse(parseJson(bytes));
  if (!parsed.success || !isCachedSize(parsed.data.size)) return null;
  const hashes = parsed.data.hashes.flatMap((hash) => fromHex(hash) ?? []);
  const frontier = { size: parsed.data.size, hashes };
  const lastLeaf = parsed.data.hashes.at(-1);
  if (!isFrontier(frontier) || lastLeaf === undefined) return null;
  return { frontier, bytes: parsed.data.bytes, lastLeaf };
}

/** Keeps the state now and then. The entries are durable already, so a failure of the cache is none of the append. */
export async function writeFrontierCache(store: Store, path: string, state: TreeState): Promise<void> {
  const { size, hashes } = state.frontier;
  if (!isCachedSize(size)) return;
  try {
    await store.replace(path, utf8(`${JSON.stringify({ size, bytes: state.bytes, hashes: hashes.map(toHex) })}\n`));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function parseJson(bytes: Uint8Array | null): unknown {
  if (bytes === null) return undefined;
  try {
    return JSON.parse(fromUtf8(bytes) ?? '');
  } catch {
    return undefined;
  }
}
