import { join } from 'node:path';
import { AppError } from '../../src-shared/errors/app-error.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import type { Clock } from '../ports/clock.ts';
import type { Locks } from '../ports/lock.ts';
import type { Store } from '../ports/store.ts';
import type { LogFields } from './log-fields.ts';

const FILES = 5;
const FILE_BYTES = 1024 * 1024;
const LOCK_TIMEOUT_MS = 2000;

/** Events with fields, one JSON object per line. Logging never fails its caller and never delays it. */
export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Resolves when all that was logged is in the file, or was given up. */
  flush(): Promise<void>;
}

export interface LoggerOptions {
  readonly store: Store;
  readonly locks: Locks;
  readonly clock: Clock;
  /** Absolute; exists. */
  readonly folder: string;
}

/** The log of a home: `waybill.log`, and older ones `waybill.1.log` to `waybill.4.log`, each up to 1 MiB. */
export function createLogger(options: LoggerOptions): Logger {
  return new FileLogger(options);
}

class FileLogger implements Logger {
  readonly #options: LoggerOptions;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(options: LoggerOptions) {
    this.#options = options;
  }

  info(event: string, fields: LogFields = {}): void {
    this.#log('info', event, fields);
  }

  warn(event: string, fields: LogFields = {}): void {
    this.#log('warn', event, fields);
  }

  error(event: string, fields: LogFields = {}): void {
    this.#log('error', event, fields);
  }

  async flush(): Promise<void> {
    await this.#writing;
  }

  #log(level: string, event: string, fields: LogFields): void {
    const time = this.#options.clock.now().toISOString();
    this.#waiting.push(`${JSON.stringify({ ...fields, time, level, event, process: process.pid })}\n`);
    // Lines that come while a write is under way leave together with the next one.
    if (this.#waiting.length === 1) this.#writing = this.#writing.then(() => this.#write());
  }

  async #write(): Promise<void> {
    const lines = utf8(this.#waiting.splice(0).join(''));
    const { store, locks, folder } = this.#options;
    try {
      // Several processes share the log; the writer appends at the size it found.
      using held = await locks.acquire(join(folder, 'lock.sqlite'), LOCK_TIMEOUT_MS);
      if (held === null) return;
      const found = await store.read.stat(logPath(folder, 0));
      if (found !== null && found.size > 0 && found.size + lines.length > FILE_BYTES) await this.#rotate();
      await using writer = await store.openAppend(logPath(folder, 0));
      await writer.write(lines);
    } catch (error) {
      // A log that cannot be written is no reason to stop an export; the ledger is the record.
      if (!(error instanceof AppError)) throw error;
    }
  }

  async #rotate(): Promise<void> {
    const { store, folder } = this.#options;
    await store.remove(logPath(folder, FILES - 1));
    for (let age = FILES - 2; age >= 0; age--) {
      const from = logPath(folder, age);
      if ((await store.read.stat(from)) !== null) await store.renameNew(from, logPath(folder, age + 1));
    }
  }
}

function logPath(folder: string, age: number): string {
  return join(folder, age === 0 ? 'waybill.log' : `waybill.${age}.log`);
}
