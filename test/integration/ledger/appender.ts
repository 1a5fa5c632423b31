// Started as a process of its own: appends entries 0 … count - 1 of one worker to the ledger of a home, going on where the
// ledger shows that it got to before, and reports each number when it is durable.
import { readFileSync } from 'node:fs';
import { openLedger, placeOf } from '../../../src-main/ledger/open-ledger.ts';
import { openLedgerReader } from '../../../src-main/ledger/read-ledger.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { ledgerHome, SystemClock } from '../../fakes/ledger-home.ts';

const [root = '', worker = '', count = '0', umask = '77'] = process.argv.slice(2);
process.umask(Number.parseInt(umask, 8));
const home = { ...ledgerHome(root), clock: new SystemClock() };
const secrets = JSON.parse(readFileSync(`${root}/test-vault.json`, 'utf8')) as [string, string][];
for (const [name, secret] of secrets) home.vault.secrets.set(name, new SecretText(secret));

const report = (message: string): void => {
  if (process.send) process.send(message);
  else process.stdout.write(`${message}\n`);
};

const ledger = await openLedger(home);
report('open');
let next = 0;
for await (const { entry } of (await openLedgerReader(placeOf(home))).entries()) {
  if (entry.kind === 'event' && entry.data['worker'] === worker) next = Number(entry.data['n']) + 1;
}
for (let n = next; n < Number(count); n++) {
  await ledger.append('export.started', { worker, n });
  report(String(n));
}
report('done');
if (process.send) process.disconnect();
