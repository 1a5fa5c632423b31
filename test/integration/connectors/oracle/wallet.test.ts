// No server here: the real driver against a TLS listener that looks at the certificate it is shown, and hangs up.
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeWallet, startListener, type Wallet } from '../../../servers/wallet.ts';

const PASSWORD = 'opens the wallet';
const folder = new TempFolder();
let wallet: Wallet;
beforeAll(async () => {
  wallet = await makeWallet(folder.path, PASSWORD);
});
afterAll(() => folder[Symbol.dispose]());

interface Knock {
  readonly password: string | null;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Who was shown at the listener, and what the connection ended with. */
async function knock({ password, options = {} }: Knock): Promise<{ readonly seen: number; readonly error: unknown }> {
  await using listener = await startListener(wallet.certificates);
  const { port } = listener;
  const whole = { host: 'localhost', port, service: 'shop', user: 'app', tls: 'verify-full', wallet: wallet.folder };
  const given =
    'connectString' in options ? { ...options, user: 'app', wallet: wallet.folder } : { ...whole, ...options };
  const told = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replace('(PORT=0)', `(PORT=${port})`) : value,
  ]);
  const error = await oracle
    .open(oracle.options.parse(Object.fromEntries(told)), new SecretText('pw'), {
      ...{ signal: new AbortController().signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
      keyPassphrase: password === null ? null : new SecretText(password),
    })
    .then(() => null)
    .catch((thrown: unknown) => thrown);
  return { seen: listener.seen.length, error };
}

const BY_STRING = '(DESCRIPTION=(ADDRESS=(PROTOCOL=tcps)(HOST=localhost)(PORT=0))(CONNECT_DATA=(SERVICE_NAME=shop)))';

it.each([
  ['with host and service', {}],
  ['with a connect string', { connectString: BY_STRING }],
])('shows the certificate of a wallet whose key is locked by a password, %s', async (_how, options) => {
  const { seen } = await knock({ password: PASSWORD, options });
  expect(seen).toBeGreaterThan(0);
});

it.each([
  ['another password', 'wrong', {}, /The password of the wallet does not open the key/],
  ['no password', null, {}, /is locked, and the connection has no password of the wallet/],
  ['no password and a connect string', null, { connectString: BY_STRING }, /has no password of the wallet/],
])('names what is wrong with %s, at its place, and shows nothing', async (_what, password, options, said) => {
  const { seen, error } = await knock({ password, options });
  expect(seen).toBe(0);
  expect(error).toMatchObject({
    code: 'CONNECTION/OPTION_INVALID',
    message: expect.stringMatching(said) as unknown,
    remedy: expect.stringContaining('--key-passphrase-stdin') as unknown,
    context: { option: 'keyPassphrase' },
  });
  expect(JSON.stringify(error)).not.toContain('wrong');
});

it('names a folder without a wallet, and a wallet that is none', async () => {
  const folders = { empty: folder.join('empty'), damaged: folder.join('damaged') };
  for (const path of Object.values(folders)) mkdirSync(path);
  const absent = await knock({ password: PASSWORD, options: { wallet: folders.empty } });
  expect(absent.error).toMatchObject({
    code: 'CONNECTION/OPTION_INVALID',
    message: `There is no ewallet.pem in the wallet folder ${folders.empty}.`,
    context: { option: 'wallet' },
  });
  const damage = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
  writeFileSync(`${folders.damaged}/ewallet.pem`, damage);
  const damaged = await knock({ password: PASSWORD, options: { wallet: folders.damaged } });
  expect(damaged.error).toMatchObject({ code: 'CONNECTION/OPTION_INVALID', context: { option: 'wallet' } });
});
