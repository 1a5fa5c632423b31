import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { LedgerWriter } from '../../ports/ledger.ts';
import type { Script } from '../../ports/migration.ts';
import type { Store } from '../../ports/store.ts';
import type { TableResult } from '../run/table-job.ts';
import { signDelivery } from './delivery-statement.ts';
import type { Reading } from '../../../src-shared/model/reading.ts';
import { widenPackage } from './widen-package.ts';

export interface SealRequest {
  readonly run: string;
  readonly planDigest: string;
  /** The hidden folder the package was written in. */
  readonly partialFolder: string;
  /** Its name once it is whole. */
  readonly finalFolder: string;
  readonly descriptor: Record<string, unknown>;
  readonly tables: readonly TableResult[];
  /** How they were read, for the statement; absent: nothing is to be said of it. */
  readonly reading?: Reading;
  /** Beside the data: what makes the tables elsewhere and loads them; absent: nothing. */
  readonly scripts?: readonly Script[];
  /** Octal permission bits of the package's files, e.g. `0640`; absent: 0600 and 0700. */
  readonly mode?: string;
}

export interface SealedPackage {
  readonly folder: string;
  readonly seq: number;
  readonly size: number;
  /** SHA-256 hex of delivery.dsse.json. */
  readonly manifest: string;
}

/**
 * Seals a package in the order that makes each file vouch for those before it: descriptor, SHA256SUMS, signed statement,
 * ledger leaf, its proof, the key; then renames the folder, once, never replacing.
 */
export async function sealPackage(request: SealRequest, store: Store, ledger: LedgerWriter): Promise<SealedPackage> {
  const folder = request.partialFolder;
  const files = new Map(
    request.tables.flatMap((table) => table.resources.map((file) => [file.path, file.sha256] as const)),
  );
  const put = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeWhole(store, join(folder, name), bytes);
    const digest = sha256(bytes);
    files.set(name, digest);
    return digest;
  };
  for (const { path, text } of request.scripts ?? []) await put(path, utf8(text));
  await put('datapackage.json', utf8(`${JSON.stringify(request.descriptor, null, 2)}\n`));
  const sums = [...files].map(([path, digest]) => `${digest}  ${path}\n`).join('');
  await put('SHA256SUMS', utf8(sums));
  const envelope = signDelivery(
    {
      ...{ run: request.run, planDigest: request.planDigest, throwAway: ledger.throwAway },
      ...{ tables: request.tables, files },
      ...(request.reading === undefined ? {} : { reading: request.reading }),
    },
    ledger.signer,
  );
  const manifest = await put('delivery.dsse.json', envelope);
  const leaf = await ledger.seal(request.run, manifest);
  await put('ledger-entry.json', leaf.line);
  await put('delivery.tlog-proof', utf8(leaf.proof));
  await put('delivery.vkey', utf8(`${ledger.vkey}\n`));
  if (request.mode !== undefined) await widenPackage(store, folder, { mode: request.mode, files: [...files.keys()] });
  await store.renameNew(folder, request.finalFolder);
  return { folder: request.finalFolder, seq: leaf.seq, size: leaf.size, manifest };
}

async function writeWhole(store: Store, path: string, bytes: Uint8Array): Promise<void> {
  await store.makeFolder(dirname(path));
  await using file = await store.create(path);
  await file.write(bytes);
  await file.sync();
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
