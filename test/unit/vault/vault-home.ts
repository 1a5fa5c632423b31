import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { createVault, type VaultOptions } from '../../../src-main/vault/create-vault.ts';
import type { HomeVault } from '../../../src-main/vault/home-vault.ts';
import { Crash } from '../../fakes/crash.ts';
import { FakeKeychain } from '../../fakes/fake-keychain.ts';
import { MemoryLocks } from '../../fakes/memory-locks.ts';
import { MemoryStore, type MemoryFiles } from '../../fakes/memory-store.ts';

export const FOLDER = '/home/vault';

/** A disk and a keychain that outlive the processes which use them. */
export class VaultHome {
  readonly files: MemoryFiles = new Map();
  readonly keychain = new FakeKeychain();
  readonly locks = new MemoryLocks();

  /** A new process on this home. */
  start(options: Partial<VaultOptions> & { crash?: Crash } = {}): HomeVault {
    const { crash = new Crash(), ...rest } = options;
    const keychain = new FakeKeychain(this.keychain.entries, crash);
    keychain.state = this.keychain.state;
    return createVault({
      folder: FOLDER,
      installation: 'home-a',
      store: new MemoryStore(this.files, crash),
      locks: this.locks,
      passphrase: null,
      host: { askSecret: null, confirm: null },
      allowSession: true,
      keychain,
      platform: 'linux',
      lockTimeoutMs: 10_000,
      ...rest,
    });
  }

  /** Everything on the disk, as text. */
  disk(): string {
    return [...this.files].map(([path, bytes]) => `${path}\n${Buffer.from(bytes).toString('latin1')}`).join('\n');
  }
}

export function secret(text: string): SecretText {
  return new SecretText(text);
}

export const PASSPHRASE = new SecretText('korrekt Pferd Batterie');
