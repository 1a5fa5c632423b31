import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import type { VaultBackend, VaultTestStep } from '../ports/vault.ts';
import { unreadable } from './errors.ts';

/**
 * Writes a random value under a random name, reads it, deletes it and reads that it is gone. Throws what the backend
 * throws, or `VAULT/SECRET_UNREADABLE` when an answer is wrong. Only this shows that a keychain is open: a locked one
 * answers a read like an empty one. Gives how long each step took.
 */
export async function probe(backend: Pick<VaultBackend, 'get' | 'set' | 'remove'>): Promise<readonly VaultTestStep[]> {
  // Random: two processes may probe one keychain at the same time.
  const name = `probe/${randomUUID()}`;
  const value = randomBytes(16).toString('base64');
  const steps: VaultTestStep[] = [];
  const timed = async <T>(step: VaultTestStep['step'], call: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await call();
    steps.push({ step, ms: performance.now() - began });
    return answer;
  };
  await timed('write', () => backend.set(name, new SecretText(value)));
  const read = await timed('read', () => backend.get(name));
  const removed = await timed('delete', () => backend.remove(name));
  if (read?.reveal() !== value) throw unreadable('A secret written as a test was not read back as it was written.');
  const left = await timed('read again', () => backend.get(name));
  if (!removed || left !== null) throw unreadable('A secret written as a test was not deleted.');
  return steps;
}
