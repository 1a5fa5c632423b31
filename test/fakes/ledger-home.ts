import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerHome } from '../../src-main/ledger/ledger-home.ts';
import type { Clock } from '../../src-main/ports/clock.ts';
import type { VaultBackendFacts } from '../../src-main/ports/vault.ts';
import { createNodeStore } from '../../src-main/store/node-store.ts';
import { createLocks } from '../../src-main/store/sqlite-locks.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';

export const INSTALLATION = '5f0c9a52-0d0c-4c0e-9d65-2a51a2a7f2b1';

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  milliseconds = Date.parse('2026-11-23T07:05:00.123Z');

  now(): Date {
    return new Date(this.milliseconds);
  }

  monotonicMs(): number {
    return 1000;
  }
}

/** The part of a vault that the ledger needs. */
export class TestVault {
  readonly secrets = new Map<string, SecretText>();
  durable = true;

  get(name: string): Promise<SecretText | null> {
    return Promise.resolve(this.secrets.get(name) ?? null);
  }

  set(name: string, secret: SecretText): Promise<VaultBackendFacts> {
    this.secrets.set(name, secret);
    return Promise.resolve({ id: 'keychain', title: 'Test', protection: 'None.', durable: this.durable });
  }
}

export interface TestLedgerHome extends LedgerHome {
  readonly vault: TestVault;
  readonly clock: TestClock;
}

/** A home below `root` on the real disk. */
export function ledgerHome(root: string, changes: Partial<LedgerHome> = {}): TestLedgerHome {
  return {
    store: createNodeStore(),
    locks: createLocks(),
    ledgerFolder: join(root, 'ledger'),
    keysFolder: join(root, 'keys'),
    installation: INSTALLATION,
    throwAway: false,
    facts: {
      actor: { osUser: 'jdoe' },
      app: { version: '0.1.0', build: 'test' },
      host: { name: 'desk', os: 'linux', ip: ['192.0.2.1'] },
      boot: null,
    },
    ...changes,
    vault: new TestVault(),
    clock: new TestClock(),
  };
}

/** The time of this machine. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }

  monotonicMs(): number {
    return performance.now();
  }
}

/** Writes the secrets of a test's vault where processes it starts find them. */
export function shareVault(root: string, vault: TestVault): void {
  const secrets = [...vault.secrets].map(([name, secret]) => [name, secret.reveal()]);
  writeFileSync(join(root, 'test-vault.json'), JSON.stringify(secrets));
}
