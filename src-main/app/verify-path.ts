import { basename, join, resolve } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { FolderEntry, FolderReader } from '../../src-shared/proof/folder-reader.ts';
import type { VerifyResult } from '../../src-shared/proof/verdict.ts';
import { verifyFolder } from '../../src-shared/proof/verify-folder.ts';
import { parseVkey, type VerifierKey } from '../../src-shared/proof/vkey.ts';
import { fromUtf8 } from '../../src-shared/util/utf8.ts';
import { ledgerGone } from '../ledger/errors.ts';
import { originHash } from '../ledger/ledger-paths.ts';
import { nodePrimitives } from '../ledger/node-primitives.ts';
import type { StoreReader } from '../ports/store.ts';
import { ledgersIn } from './find-ledgers.ts';

export interface VerifyRequest {
  /** Absolute path of the folder. */
  readonly path: string;
  readonly reader: StoreReader;
  /** A vkey, or the path of a file that holds one. */
  readonly key?: string;
  /** The fingerprint of the key that must have signed. */
  readonly fingerprint?: string;
  readonly cwd: string;
  /** The home's own and trusted keys. */
  readonly trusted: readonly VerifierKey[];
  readonly signal?: AbortSignal;
}

/** The result for a path; for a home, whose ledgers were looked for, with the folders they are in. */
export interface PlaceResult extends VerifyResult {
  /** The folder that was verified, where it is not the one that was named. */
  readonly path?: string;
  /** Each ledger, where there is more than one. */
  readonly ledgers?: readonly (VerifyResult & { readonly path: string })[];
}

/** Verifies what lies at a path: a package, a bundle, a ledger, or the ledgers of a home. Reads only. */
export async function verifyPath(request: VerifyRequest): Promise<PlaceResult> {
  const { reader, path } = request;
  const found = await reader.stat(path);
  if (found?.kind !== 'folder') throw absent(path, 'There is no folder');
  const key = request.key === undefined ? undefined : await readKey(request, request.key);
  const result = await verifyOne(request, path, key);
  if (result !== undefined) return result;
  const ledgers: (VerifyResult & { path: string })[] = [];
  const folders = await ledgersIn(reader, path);
  // Of a home with several, a key given means the ledger that is of this key.
  const meant = folders.filter((folder) => key !== undefined && basename(folder) === originHash(key.name));
  for (const folder of meant.length > 0 ? meant : folders) {
    const one = await verifyOne(request, folder, key);
    if (one === undefined) throw ledgerGone(folder);
    ledgers.push({ ...one, path: folder });
  }
  const [first, ...others] = ledgers;
  if (first === undefined) throw absent(path, 'There is neither a package nor a bundle nor a ledger in');
  return others.length === 0 ? first : allOf(first, ledgers);
}

function verifyOne(
  { reader, trusted, signal, fingerprint }: VerifyRequest,
  folder: string,
  key: VerifierKey | undefined,
): Promise<VerifyResult | undefined> {
  return verifyFolder(folderUntil(folderOver(reader, folder), signal), {
    primitives: nodePrimitives,
    trusted,
    name: basename(folder),
    ...(key === undefined ? {} : { key }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  });
}

const FROM_WORST: readonly VerifyResult['verdict'][] = ['BROKEN', 'CONSISTENT, NOT ANCHORED', 'VERIFIED'];

/** Several ledgers are as good as the worst of them. */
function allOf(
  { path: _path, ...first }: VerifyResult & { path: string },
  ledgers: readonly (VerifyResult & { path: string })[],
): PlaceResult {
  const verdict = FROM_WORST.find((each) => ledgers.some((ledger) => ledger.verdict === each)) ?? 'BROKEN';
  const findings = ledgers
    .toSorted((a, b) => FROM_WORST.indexOf(a.verdict) - FROM_WORST.indexOf(b.verdict))
    .flatMap((ledger) =>
      ledger.findings.map((finding) => ({ ...finding, path: join(ledger.path, finding.path ?? '') })),
    );
  return { ...first, verdict, findings, ledgers };
}

function absent(path: string, fact: string): Error {
  return appError('PACKAGE/ABSENT', {
    message: `${fact} ${path}.`,
    remedy: 'Give the folder of a package, of an audit bundle, of a ledger, or of a home.',
    context: { path },
  });
}

async function readKey({ reader, cwd }: VerifyRequest, given: string): Promise<VerifierKey> {
  const direct = parseVkey(nodePrimitives, given.trim());
  if (direct.ok) return direct.value;
  const bytes = await reader.file(resolve(cwd, given), 64 * 1024);
  const parsed = bytes === null ? direct : parseVkey(nodePrimitives, (fromUtf8(bytes) ?? '').trim());
  if (parsed.ok) return parsed.value;
  throw appError('CLI/USAGE', {
    message: `The key given is not a verifier key. ${parsed.reason}`,
    remedy: 'Give the text <name>+<id>+<key>, or a file that holds it, such as delivery.vkey received another way.',
  });
}

/** The same folder, whose reading ends with the signal. */
function folderUntil(folder: FolderReader, signal: AbortSignal | undefined): FolderReader {
  return {
    list: () => folder.list(),
    async *open(path) {
      for await (const block of folder.open(path)) {
        signal?.throwIfAborted();
        yield block;
      }
    },
  };
}

/** A folder on disk as verification wants it: no link is followed, nothing but plain files is opened. */
export function folderOver(reader: StoreReader, root: string): FolderReader {
  return {
    list: () => walk(reader, root, ''),
    open: (path) => reader.blocks(join(root, ...path.split('/'))),
  };
}

const DEPTH_AT_MOST = 16;

async function* walk(reader: StoreReader, root: string, prefix: string): AsyncGenerator<FolderEntry> {
  for (const entry of (await reader.list(join(root, prefix))) ?? []) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.kind === 'folder' && path.split('/').length > DEPTH_AT_MOST) {
      // UNTRUSTED: no package or bundle is deep, and a path can be longer than the system takes.
      yield { path, kind: 'other', size: 0 };
      continue;
    }
    yield { path, kind: entry.kind, size: entry.kind === 'file' ? entry.size : 0 };
    if (entry.kind === 'folder') yield* walk(reader, root, path);
  }
}
