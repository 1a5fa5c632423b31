import type { ForkOptions, UtilityProcess as RealUtility } from 'electron';
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { rawPorts } from './ports.ts';

/**
 * A utility process as a thread: its code runs for real, and real ports reach it. A child process could not be handed ports.
 * What a thread shares with the tests (memory limits, the working folder) is not proved by it.
 */
export class UtilityProcess extends EventEmitter implements Pick<RealUtility, 'kill' | 'postMessage'> {
  readonly entry: string;
  readonly options: ForkOptions;
  readonly sent: unknown[] = [];
  readonly #worker: Worker;

  constructor(entry: string, options: ForkOptions) {
    super();
    this.entry = entry;
    this.options = options;
    this.#worker = new Worker(new URL('./utility-worker.mjs', import.meta.url), {
      workerData: { entry: pathToFileURL(entry).href },
    });
    this.#worker.on('online', () => this.emit('spawn'));
    this.#worker.on('message', (message) => this.emit('message', message));
    // A process that throws prints it and ends.
    this.#worker.on('error', (error) => process.stderr.write(`${String(error)}\n`));
    this.#worker.on('exit', (code) => this.emit('exit', code));
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    this.sent.push(message);
    const ports = rawPorts(transfer);
    this.#worker.postMessage({ message, ports }, ports);
  }

  kill(): boolean {
    void this.#worker.terminate();
    return true;
  }
}
