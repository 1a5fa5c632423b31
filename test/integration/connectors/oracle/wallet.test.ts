// No server here: the real driver against a TLS listener that looks at the certificate it is shown, and hangs up.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates, type Certificates } from '../../../servers/certificates.ts';
import { runProgram } from '../../../servers/run-program.ts';

const PASSPHRASE = 'opens the wallet';
const folder = new TempFolder();
let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates(folder.path, 'loopback', null);
  const { certFile, keyFile, caFile } = certificates;
  const lock = ['pkey', '-in', keyFile, '-aes256', '-passout', 'stdin'];
  const locked = await runProgram('openssl', lock, { input: PASSPHRASE });
  writeFileSync(
    folder.join('ewallet.pem'),
    [locked, ...[certFile, caFile].map((path) => readFileSync(path, 'utf8'))].join(''),
  );
});
afterAll(() => folder[Symbol.dispose]());

/** Who was shown at the listener, and what the connection ended with. */
async function knock(passphrase: string | null): Promise<{ readonly seen: string | null; readonly error: unknown }> {
  let seen: string | null = null;
  const { certFile, keyFile } = certificates;
  const listener = createServer(
    { cert: readFileSync(certFile), key: readFileSync(keyFile), requestCert: true, rejectUnauthorized: false },
    (socket) => {
      socket.on('error', () => undefined);
      seen = socket.getPeerX509Certificate()?.fingerprint256 ?? null;
      socket.destroy();
    },
  );
  listener.on('tlsClientError', () => undefined);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const options = { host: 'localhost', port, service: 'shop', user: 'app', tls: 'verify-full', wallet: folder.path };
  try {
    const error = await oracle
      .open(oracle.options.parse(options), new SecretText('pw'), {
        ...{ signal: new AbortController().signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
        keyPassphrase: passphrase === null ? null : new SecretText(passphrase),
      })
      .then(() => null)
      .catch((thrown: unknown) => thrown);
    return { seen, error };
  } finally {
    listener.close();
  }
}

it('shows the certificate of a wallet whose key is locked by a password', { timeout: 60_000 }, async () => {
  const { seen } = await knock(PASSPHRASE);
  expect(seen).not.toBeNull();
});

it.each([
  ['another password', 'wrong'],
  ['none', null],
])('says so with %s', { timeout: 60_000 }, async (_what, passphrase) => {
  const { seen, error } = await knock(passphrase);
  expect(seen).toBeNull();
  expect(error).toMatchObject({
    code: 'SOURCE/TLS_REFUSED',
    remedy: expect.stringContaining('--key-passphrase-stdin') as unknown,
  });
});
