import type { Duplex } from 'node:stream';
import type { SFTPWrapper } from 'ssh2';
import type { AppError } from '../../../src-shared/errors/app-error.ts';
import { cancelled } from '../kit/cancelled.ts';
import { lost } from './errors.ts';

type Done<T> = (error: Error | null | undefined, value: T) => void;

/** How long a polite goodbye may take. */
const GOODBYE_MS = 1000;

export interface LinkParts {
  readonly sftp: SFTPWrapper;
  readonly socket: Duplex;
  readonly where: string;
  readonly signal: AbortSignal;
  /** Says goodbye; the socket closes after it. */
  readonly end: () => void;
}

/**
 * An SFTP channel over a socket of our own. Whatever a request waits for, it ends when the socket does, or as soon as
 * the signal aborts: the socket is destroyed then, since a dead peer answers no goodbye.
 */
export class SftpLink implements AsyncDisposable {
  readonly sftp: SFTPWrapper;
  readonly #parts: LinkParts;
  readonly #pending = new Set<(error: AppError) => void>();
  #failure: AppError | null = null;

  constructor(parts: LinkParts) {
    this.sftp = parts.sftp;
    this.#parts = parts;
    parts.socket.once('close', () => this.#fail(lost(parts.where)));
    if (parts.socket.destroyed) this.#fail(lost(parts.where));
    if (parts.signal.aborted) this.#abort();
    else parts.signal.addEventListener('abort', this.#abort, { once: true });
  }

  /** One request; rejects with the server's answer as ssh2 gives it, or with our own error when there is none. */
  call<T = void>(request: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#pending.add(reject);
      request(this.sftp, (error, value) => {
        this.#pending.delete(reject);
        if (error === null || error === undefined) resolve(value);
        else reject(this.#failure ?? error);
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { end, signal, socket } = this.#parts;
    signal.removeEventListener('abort', this.#abort);
    if (socket.destroyed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => socket.destroy(), GOODBYE_MS);
    socket.once('close', () => resolve());
    end();
    await promise;
    clearTimeout(timer);
  }

  readonly #abort = (): void => {
    this.#fail(cancelled());
    this.#parts.socket.destroy();
  };

  #fail(error: AppError): void {
    this.#failure ??= error;
    for (const reject of this.#pending) reject(this.#failure);
    this.#pending.clear();
  }
}
