import { join } from 'node:path';
import { z } from 'zod';
import { appError } from '../../src-shared/errors/app-error.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import type { Store } from '../ports/store.ts';

const backend = z.enum(['keychain', 'passphrase']);

const entrySchema = z.strictObject({
  backend,
  /** A write or a removal began and was not seen to end: the backend may or may not hold the secret. */
  pending: z.literal(true).optional(),
  /** The backend it moves away from, until it is removed there. */
  before: backend.optional(),
});

const indexSchema = z.strictObject({
  waybill: z.literal('vault-index/1'),
  default: backend.nullable(),
  secrets: z.array(z.tuple([z.string(), entrySchema])),
});

export type DurableBackendId = z.infer<typeof backend>;
export type IndexEntry = z.infer<typeof entrySchema>;

/** Which backend holds which secret of a home: names and backends only. */
export interface VaultIndex {
  readonly default: DurableBackendId | null;
  readonly secrets: ReadonlyMap<string, IndexEntry>;
}

const MAX_INDEX_BYTES = 16 * 1024 * 1024;

export async function readIndex(store: Store, folder: string): Promise<VaultIndex> {
  const bytes = await store.read.file(indexFile(folder), MAX_INDEX_BYTES);
  if (bytes === null) return { default: null, secrets: new Map() };
  const parsed = indexSchema.safeParse(parseJson(bytes));
  if (!parsed.success) {
    throw appError('HOME/UNREADABLE', {
      message: 'The index of the vault (vault/index.json) is damaged, or was written by a newer Waybill.',
      remedy: 'Restore the file from a backup of the home; nothing was changed.',
    });
  }
  return { default: parsed.data.default, secrets: new Map(parsed.data.secrets) };
}

export async function writeIndex(store: Store, folder: string, index: VaultIndex): Promise<void> {
  const secrets = [...index.secrets].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify({ waybill: 'vault-index/1', default: index.default, secrets }, null, 2);
  await store.replace(indexFile(folder), utf8(`${text}\n`));
}

function indexFile(folder: string): string {
  return join(folder, 'index.json');
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '');
  } catch {
    return undefined;
  }
}
