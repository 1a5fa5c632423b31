import { createHash } from 'node:crypto';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { TargetSession } from '../ports/target.ts';
import type { Core } from './core.ts';
import { broken, type CheckedPackage, type PackageFile } from './check-package.ts';

/** How far a delivery is. Bytes are of the whole package. */
export interface DeliveryEvent {
  readonly type: 'comparing' | 'sending' | 'checking' | 'finished';
  readonly path: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface Sending {
  readonly core: Core;
  readonly session: TargetSession;
  readonly goods: CheckedPackage;
  /** The package's folder at the target. */
  readonly at: string;
  readonly onEvent: (event: DeliveryEvent) => void;
}

/**
 * Sends what is not there yet, each file under a `.part` name, read back before it gets its own; true when all of it was
 * there already. Whatever is there and differs stops the delivery before the first byte is written.
 */
export async function sendFiles(sending: Sending): Promise<{ already: boolean }> {
  const { session, goods, at } = sending;
  const missing = await findMissing(sending);
  if (missing.length === 0) return { already: true };
  const total = goods.files.reduce((sum, file) => sum + file.bytes, 0);
  let done = total - missing.reduce((sum, file) => sum + file.bytes, 0);
  const folders = new Set<string>();
  for (const file of missing) {
    for (const folder of foldersOf(`${at}/${file.path}`)) {
      if (!folders.has(folder)) await session.makeFolder(folder);
      folders.add(folder);
    }
    await sendFile(sending, file, (type, bytes) =>
      sending.onEvent({ type, path: file.path, doneBytes: done + bytes, totalBytes: total }),
    );
    done += file.bytes;
  }
  return { already: false };
}

async function findMissing({ session, goods, at, onEvent }: Sending): Promise<PackageFile[]> {
  const top = await session.stat(at);
  if (top === null) return [...goods.files];
  if (top.kind !== 'folder') throw occupied(at);
  const totalBytes = goods.files.reduce((sum, file) => sum + file.bytes, 0);
  const missing: PackageFile[] = [];
  let doneBytes = 0;
  for (const file of goods.files) {
    onEvent({ type: 'comparing', path: file.path, doneBytes, totalBytes });
    const path = `${at}/${file.path}`;
    const found = await session.stat(path);
    if (found === null) missing.push(file);
    else if (found.kind !== 'file' || found.size !== file.bytes) throw occupied(path);
    else if ((await remoteDigest(session, path, () => undefined)) !== file.sha256) throw occupied(path);
    doneBytes += file.bytes;
  }
  return missing;
}

async function sendFile(
  { core, session, goods, at }: Sending,
  file: PackageFile,
  report: (type: DeliveryEvent['type'], bytes: number) => void,
): Promise<void> {
  const path = `${at}/${file.path}`;
  const part = `${path}.part`;
  // What an interrupted delivery left: half a file, which nobody can tell from the first half of another.
  await session.remove(part);
  const sent = createHash('sha256');
  let bytes = 0;
  report('sending', 0);
  await session.write(part, hashed(core.store.read.blocks(file.local), sent), (more) =>
    report('sending', (bytes += more)),
  );
  if (sent.digest('hex') !== file.sha256) {
    await session.remove(part);
    const message = 'It was changed while it was being sent.';
    throw broken(goods.folder, {
      findings: [{ code: 'FILE_MISMATCH', path: file.path, message }],
      sent: 'Nothing more was sent.',
    });
  }
  report('checking', file.bytes);
  const found = await session.stat(part);
  const arrived = found?.size === file.bytes ? await remoteDigest(session, part, () => undefined) : null;
  if (arrived !== file.sha256) {
    await session.remove(part);
    throw appError('TARGET/DIGEST_MISMATCH', {
      message: `What the target gives back of ${file.path} is not what was sent.`,
      remedy: 'Deliver again; when it happens again, have storage and network of the target checked.',
      context: { path: file.path },
    });
  }
  await session.rename(part, path);
  report('finished', file.bytes);
}

async function* hashed(
  blocks: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) {
    hash.update(block);
    yield block;
  }
}

async function remoteDigest(session: TargetSession, path: string, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of session.read(path)) {
    hash.update(block);
    onBytes(block.length);
  }
  return hash.digest('hex');
}

/** `a`, `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function occupied(path: string): Error {
  return appError('TARGET/EXISTS', {
    message: `At the target, ${path} is something else than in this package.`,
    remedy: 'Have it moved away at the target, or deliver to another one; nothing is ever replaced.',
    context: { path },
  });
}
