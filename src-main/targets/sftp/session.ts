import type { Stats } from 'ssh2';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { TargetContext, TargetSecrets, TargetSession } from '../../ports/target.ts';
import { existingName } from '../kit/existing-name.ts';
import { relativePath } from '../kit/relative-path.ts';
import { connectSftp } from './connect.ts';
import { answerError, outcomeUnknown, statusOf, volumeFull } from './errors.ts';
import type { SftpLink } from './link.ts';
import type { SftpOptions } from './options.ts';
import { readPipelined, writePipelined } from './transfer.ts';

const ABSENT = 2;
/** The answer that says no more than that it did not work. */
const FAILURE = 4;
/** Below this many free bytes a write that failed for no reason given failed for want of space. */
const NO_SPACE_BYTES = 256 * 1024;

type Found = Awaited<ReturnType<TargetSession['stat']>>;

/** Connects, logs in and opens the SFTP channel. */
export async function openSftp(
  options: SftpOptions,
  secrets: TargetSecrets,
  context: TargetContext,
): Promise<TargetSession> {
  const { link, hostKey } = await connectSftp(options, secrets, context);
  const session = new SftpSession({ link, hostKey, options, signal: context.signal });
  try {
    await session.requireRoot();
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

interface SessionParts {
  readonly link: SftpLink;
  readonly hostKey: string;
  readonly options: SftpOptions;
  readonly signal: AbortSignal;
}

class SftpSession implements TargetSession {
  readonly facts: TargetSession['facts'];
  readonly #link: SftpLink;
  readonly #root: string;
  readonly #signal: AbortSignal;

  constructor({ link, hostKey, options, signal }: SessionParts) {
    // The protocol has no question for it, and a file that appears may be taken for a delivery.
    this.facts = { uri: uriOf(options), hostKey, writable: null };
    this.#link = link;
    this.#root = options.path.replace(/(?<=.)\/+$/, '');
    this.#signal = signal;
  }

  /** The root may be a link: its operator made it. */
  async requireRoot(): Promise<void> {
    try {
      const found = await this.#link.call<Stats>((sftp, done) => sftp.stat(this.#root, done));
      if (!found.isDirectory()) throw existingName(this.#root);
    } catch (error) {
      throw answerError(error, this.#root);
    }
  }

  async stat(path: string): Promise<Found> {
    try {
      const found = await this.#link.call<Stats>((sftp, done) => sftp.lstat(this.#place(path), done));
      return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size };
    } catch (error) {
      if (statusOf(error) === ABSENT) return null;
      throw answerError(error, this.#shown(path));
    }
  }

  async makeFolder(path: string): Promise<void> {
    const found = await this.stat(path);
    if (found?.kind === 'folder') return;
    if (found !== null) throw existingName(path);
    try {
      await this.#link.call((sftp, done) => sftp.mkdir(this.#place(path), { mode: 0o700 }, (error) => done(error)));
    } catch (error) {
      throw answerError(error, this.#shown(path));
    }
  }

  async write(path: string, source: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Promise<void> {
    const handle = await this.#create(path);
    try {
      await writePipelined({ link: this.#link, handle, signal: this.#signal }, source, onBytes);
      await this.#close(handle);
    } catch (error) {
      if (statusOf(error) === FAILURE && (await this.#isFull())) throw volumeFull(this.#shown(path), error);
      throw answerError(error, this.#shown(path));
    }
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    try {
      const handle = await this.#link.call<Buffer>((sftp, done) => sftp.open(this.#place(path), 'r', done));
      try {
        yield* readPipelined({ link: this.#link, handle, signal: this.#signal });
      } finally {
        await this.#closeQuietly(handle);
      }
    } catch (error) {
      throw answerError(error, this.#shown(path));
    }
  }

  /** The protocol's own rename (version 3) fails when the new name is taken; `posix-rename` would replace it. */
  async rename(from: string, to: string): Promise<void> {
    if ((await this.stat(to)) !== null) throw existingName(to);
    try {
      await this.#link.call((sftp, done) => sftp.rename(this.#place(from), this.#place(to), (error) => done(error)));
    } catch (error) {
      const failure = answerError(error, this.#shown(to));
      if (isAppError(failure, 'TARGET/CONNECTION_LOST')) throw outcomeUnknown(to, error);
      if (statusOf(error) === FAILURE && (await this.stat(to)) !== null) throw existingName(to, error);
      throw failure;
    }
  }

  async remove(path: string): Promise<void> {
    try {
      await this.#link.call((sftp, done) => sftp.unlink(this.#place(path), (error) => done(error)));
    } catch (error) {
      if (statusOf(error) !== ABSENT) throw answerError(error, this.#shown(path));
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#link[Symbol.asyncDispose]();
  }

  async #create(path: string): Promise<Buffer> {
    try {
      return await this.#link.call<Buffer>((sftp, done) => sftp.open(this.#place(path), 'wx', { mode: 0o600 }, done));
    } catch (error) {
      if (statusOf(error) === FAILURE && (await this.stat(path)) !== null) throw existingName(path, error);
      throw answerError(error, this.#shown(path));
    }
  }

  #close(handle: Buffer): Promise<void> {
    return this.#link.call((sftp, done) => sftp.close(handle, (error) => done(error)));
  }

  /** After reading there is nothing left to lose by a handle that does not close; a dead link says so at the next call. */
  async #closeQuietly(handle: Buffer): Promise<void> {
    await this.#close(handle).catch(() => undefined);
  }

  async #isFull(): Promise<boolean> {
    try {
      const volume = await this.#link.call<{ f_bavail: number | bigint; f_frsize: number | bigint }>((sftp, done) =>
        sftp.ext_openssh_statvfs(this.#root, (error, found) => done(error, found as never)),
      );
      return Number(volume.f_bavail) * Number(volume.f_frsize) < NO_SPACE_BYTES;
    } catch {
      return false; // a server without this extension: the failure stays what it was
    }
  }

  #place(path: string): string {
    const safe = relativePath(path);
    return this.#root === '/' ? `/${safe}` : `${this.#root}/${safe}`;
  }

  /** As the server's operator knows the place; what starts in the login's home does so without a word. */
  #shown(path: string): string {
    return this.#root === '.' ? path : this.#place(path);
  }
}

/** `~` stands for the login's home, where relative paths start. */
function uriOf({ host, port, user, path }: SftpOptions): string {
  const name = host.includes(':') ? `[${host}]` : host;
  const folder = path.startsWith('/') ? path : path === '.' ? '/~' : `/~/${path}`;
  return `sftp://${encodeURIComponent(user)}@${name}:${port}${encodeURI(folder)}`;
}
