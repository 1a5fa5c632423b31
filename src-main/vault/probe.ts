import { randomBytes, randomUUID } from 'node:crypto';
import { SecretText } from '../../src-shared/model/secret-text.ts';
import type { VaultBackend } from '../ports/vault.ts';
import { unreadable } from './errors.ts';

/**
 * Writes a random value under a random name, reads it, deletes it and reads that it is gone. Throws what the backend
 * throws, or `VAULT/SECRET_UNREADABLE` when an answer is wrong. Only this shows that a keychain is open: a locked one
 * answers a read like an empty one.
 */
export async function probe(backend: Pick<VaultBackend, 'get' | 'set' | 'remove'>): Promise<void> {
  // Random: two processes may probe one keychain at the same time.
  const name = `probe/${randomUUID()}`;
  const value = randomBytes(16).toString('base64');
  await backend.set(name, new SecretText(value));
  const read = await backend.get(name);
  const removed = await backend.remove(name);
  if (read?.reveal() !== value) throw unreadable('A secret written as a test was not read back as it was written.');
  if (!removed || (await backend.get(name)) !== null) throw unreadable('A secret written as a test was not deleted.');
}
