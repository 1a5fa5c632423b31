import { join } from 'node:path';
import { parseVkey, type VerifierKey } from '../../src-shared/proof/vkey.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import { nodePrimitives } from '../ledger/node-primitives.ts';
import type { StoreReader } from '../ports/store.ts';
import { homePaths } from '../store/home-paths.ts';

/** What verification needs: no vault, no connection, nothing that could be written. */
export interface Verifier {
  readonly reader: StoreReader;
  /** Absolute path of the home whose keys count as pinned; it need not exist. */
  readonly home: string;
}

const MAX_KEYS_BYTES = 1024 * 1024;

/** The home's own keys, those of its earlier ledgers included, and those it was told to trust (`trusted-keys.json`: a list of vkeys). */
export async function trustedKeys({ reader, home }: Verifier): Promise<readonly VerifierKey[]> {
  const paths = homePaths(home);
  const own: (string | undefined)[] = [await readText(reader, join(paths.keysFolder, 'log.vkey'))];
  const retired = join(paths.keysFolder, 'retired');
  for (const { name, kind } of (await reader.list(retired)) ?? []) {
    if (kind === 'file' && name.endsWith('.vkey')) own.push(await readText(reader, join(retired, name)));
  }
  const listed = await readText(reader, paths.trustedKeys);
  const trusted = listed === undefined ? [] : (JSON.parse(listed) as unknown);
  const texts = [...own, ...(Array.isArray(trusted) ? (trusted as unknown[]) : [])];
  return texts.flatMap((text) => {
    const parsed = typeof text === 'string' ? parseVkey(nodePrimitives, text.trim()) : undefined;
    return parsed?.ok === true ? [parsed.value] : [];
  });
}

async function readText(reader: StoreReader, path: string): Promise<string | undefined> {
  const bytes = await reader.file(path, MAX_KEYS_BYTES);
  return bytes === null ? undefined : fromUtf8(bytes);
}
