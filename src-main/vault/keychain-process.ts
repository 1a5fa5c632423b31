import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KeychainCalls, KeychainMethod, KeychainReply, KeychainRequest } from './keychain-calls.ts';
import { KeychainFailure } from './keychain-failure.ts';

export interface KeychainProcessOptions {
  /** After so long without an answer the process is killed and the call fails. */
  readonly timeoutMs?: number;
  /** The process ends after so long without a call. */
  readonly idleMs?: number;
  /** The Node that runs `script`; a host whose own executable is not Node names another. */
  readonly node?: string;
  /** `keychain-child`, as source or as its bundle. */
  readonly script?: string;
  /** Environment of the process (bus address, home); default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_IDLE_MS = 2_000;

interface Pending {
  readonly resolve: (value: string | boolean | null) => void;
  readonly reject: (failure: KeychainFailure) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The keychain in a process of its own, started at the first call and ended when idle. Every call ends within the
 * timeout, and so does this process: see `keychain-child.ts`.
 */
export class KeychainProcess implements KeychainCalls {
  readonly #options: KeychainProcessOptions;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 1;

  constructor(options: KeychainProcessOptions = {}) {
    this.#options = options;
  }

  async getPassword(service: string, account: string): Promise<string | null> {
    const value = await this.#call('getPassword', [service, account]);
    return typeof value === 'string' ? value : null;
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    await this.#call('setPassword', [service, account, password]);
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    return (await this.#call('deletePassword', [service, account])) === true;
  }

  async #call(method: KeychainMethod, args: readonly string[]): Promise<string | boolean | null> {
    const timeoutMs = this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    clearTimeout(this.#idle);
    const child = this.#running();
    const request: KeychainRequest = { id: this.#nextId++, method, args };
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(child, new KeychainFailure('timeout', `no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#pending.set(request.id, { resolve, reject, timer });
      // The callback form never throws; a process that cannot be reached shows in its own exit event.
      child.send(request, () => undefined);
    });
  }

  #running(): ChildProcess {
    if (this.#child === undefined) this.#child = this.#start();
    this.#child.ref();
    this.#child.channel?.ref();
    return this.#child;
  }

  #start(): ChildProcess {
    const { node = process.execPath, script = defaultScript() } = this.#options;
    const child = spawn(node, [script], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: childEnvironment(this.#options.env ?? process.env),
      windowsHide: true,
    });
    child.on('message', (reply: KeychainReply) => this.#settle(reply));
    child.on('error', (error) => this.#fail(child, new KeychainFailure('load', error.message)));
    child.on('exit', () => this.#fail(child, new KeychainFailure('gone', 'the keychain process ended')));
    return child;
  }

  #settle(reply: KeychainReply): void {
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    this.#pending.delete(reply.id);
    clearTimeout(pending.timer);
    if (reply.ok) pending.resolve(reply.value);
    else pending.reject(new KeychainFailure(reply.reason, reply.text));
    if (this.#pending.size === 0) this.#rest();
  }

  /** Nothing is under way: this process may end, and after a while the other one does. */
  #rest(): void {
    const child = this.#child;
    if (child === undefined) return;
    child.unref();
    child.channel?.unref();
    this.#idle = setTimeout(() => {
      if (this.#child === child) this.#child = undefined;
      if (child.connected) child.disconnect();
    }, this.#options.idleMs ?? DEFAULT_IDLE_MS);
    this.#idle.unref();
  }

  #fail(child: ChildProcess, failure: KeychainFailure): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    child.kill('SIGKILL');
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject, timer } of all) {
      clearTimeout(timer);
      reject(failure);
    }
  }
}

function defaultScript(): string {
  const name = import.meta.url.endsWith('.ts') ? './keychain-child.ts' : './keychain-child.mjs';
  return fileURLToPath(new URL(name, import.meta.url));
}

/** The caller's environment without what only concerns the caller; messages in English, since errors are read from them. */
function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, WAYBILL_PASSPHRASE: _passphrase, ...rest } = env;
  return { ...rest, LC_ALL: 'C.UTF-8' };
}
