import { appError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';
import type { VaultBackend, VaultBackendFacts } from '../ports/vault.ts';
import { checkSecretName } from './secret-name.ts';

// What may be forgotten when the process ends. A ledger's key or a pseudonym key lost that way could never be had again.
const FORGETTABLE = /^(connection|connection-key|tunnel|tunnel-passphrase|target|target-passphrase|probe)\//;

/** Memory of this process: nothing is written, everything is forgotten at its end. */
export class SessionBackend implements VaultBackend {
  readonly facts: VaultBackendFacts = {
    id: 'session',
    title: 'This session only',
    protection: 'Secrets are kept in memory, never written, and forgotten when this program ends.',
    durable: false,
  };
  readonly #secrets = new Map<string, SecretText>();

  has(name: string): boolean {
    return this.#secrets.has(name);
  }

  get size(): number {
    return this.#secrets.size;
  }

  get(name: string): Promise<SecretText | null> {
    return Promise.resolve(this.#secrets.get(name) ?? null);
  }

  /** Whether a secret of this name may end with the process. */
  takes(name: string): boolean {
    return FORGETTABLE.test(name);
  }

  async set(name: string, secret: SecretText): Promise<void> {
    checkSecretName(name);
    if (!this.takes(name)) {
      throw appError('VAULT/LOCKED', {
        message: 'A key that must outlive this session cannot be kept in memory only.',
        remedy: 'Use the keychain, or a passphrase vault with `--passphrase-file FILE` or WAYBILL_PASSPHRASE.',
      });
    }
    this.#secrets.set(name, secret);
    return await Promise.resolve();
  }

  remove(name: string): Promise<boolean> {
    return Promise.resolve(this.#secrets.delete(name));
  }
}
