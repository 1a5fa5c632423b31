// A program that reads one secret and then has nothing more to do. Usage: node ask-keychain.ts TIMEOUT_MS
import { KeychainBackend } from '../../../src-main/vault/keychain-backend.ts';
import { KeychainProcess } from '../../../src-main/vault/keychain-process.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';

const calls = new KeychainProcess({ timeoutMs: Number(process.argv[2]) });
const backend = new KeychainBackend({
  calls,
  installation: 'ask',
  sealedFolder: '/sealed',
  store: new MemoryStore(),
  platform: process.platform,
});
try {
  process.stdout.write(String(await backend.get('connection/shop')));
} catch (error) {
  process.stdout.write(isAppError(error) ? error.code : 'foreign error');
}
