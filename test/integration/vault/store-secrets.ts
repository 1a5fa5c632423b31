// A process that stores secrets in the passphrase vault of a home. Usage: node store-secrets.ts FOLDER LABEL COUNT
import { createLocks } from '../../../src-main/store/sqlite-locks.ts';
import { createNodeStore } from '../../../src-main/store/node-store.ts';
import { createVault } from '../../../src-main/vault/create-vault.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';

const [folder = '', label = '', count = '0'] = process.argv.slice(2);
const vault = createVault({
  folder,
  installation: 'store-secrets',
  store: createNodeStore(),
  locks: createLocks(),
  passphrase: new SecretText('a long passphrase'),
  host: { askSecret: null, confirm: null },
  allowSession: false,
});
for (let i = 0; i < Number(count); i++) {
  await vault.set(`connection/${label}-${i}`, new SecretText(`value of ${label} ${i}`), 'passphrase');
  process.stdout.write('.');
}
