import type { KeychainCalls } from '../../src-main/vault/keychain-calls.ts';
import { Crash } from './crash.ts';

/** A keychain in memory that behaves like gnome-keyring: a locked one answers a read as if it were empty. */
export class FakeKeychain implements KeychainCalls {
  readonly entries: Map<string, string>;
  readonly #crash: Crash;
  state: 'open' | 'locked' | 'absent' = 'open';
  /** Set to make a write that is accepted and lost. */
  forgets = false;

  constructor(entries: Map<string, string> = new Map(), crash = new Crash()) {
    this.entries = entries;
    this.#crash = crash;
  }

  async getPassword(service: string, account: string): Promise<string | null> {
    this.#answer();
    return await Promise.resolve(this.state === 'locked' ? null : (this.entries.get(`${service}\n${account}`) ?? null));
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    this.#answer();
    if (this.state === 'locked') throw new Error('Cannot create an item in a locked collection');
    this.#crash.beforeChange();
    // What the real library does: C strings end at the first NUL, and an empty one is refused.
    const [text = ''] = password.split('\0');
    if (text === '') throw new Error('Password is required.');
    if (!this.forgets) this.entries.set(`${service}\n${account}`, text);
    return await Promise.resolve();
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    this.#answer();
    if (this.state === 'locked') return false;
    this.#crash.beforeChange();
    return await Promise.resolve(this.entries.delete(`${service}\n${account}`));
  }

  #answer(): void {
    if (this.state === 'absent') throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
  }
}
