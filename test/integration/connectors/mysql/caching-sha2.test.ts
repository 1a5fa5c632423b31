/**
 * caching_sha2_password of MySQL 8, which cannot be installed everywhere: the real driver against a stand-in of the login.
 * It shows what is sent and what is not; that a MySQL server takes it is our reading of its documentation.
 */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysql } from '../../../../src-main/connectors/mysql/index.ts';
import type { MysqlOptions } from '../../../../src-main/connectors/mysql/options.ts';
import { isAppError, type AppError } from '../../../../src-shared/errors/app-error.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates, type Certificates } from '../../../servers/certificates.ts';
import { startMysqlGreeter, type MysqlGreeter } from '../../../servers/mysql-greeter.ts';

const PASSWORD = 'whole-password-5d1';
const files = new TempFolder();
let certificates: Certificates;
let greeter: MysqlGreeter;
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

beforeAll(async () => {
  certificates = await makeCertificates(files.path, 'loopback', null);
  writeFileSync(files.join('server.pem'), keys.publicKey);
  const read = (path: string) => readFileSync(path, 'utf8');
  greeter = await startMysqlGreeter({
    rsaPrivate: keys.privateKey,
    rsaPublic: keys.publicKey,
    tls: { key: read(certificates.keyFile), cert: read(certificates.certFile) },
  });
}, 60_000);
afterAll(async () => {
  await greeter.stop();
  files[Symbol.dispose]();
});

/** What the login came to: the stand-in ends every one of them. */
async function logIn(options: Partial<MysqlOptions>): Promise<AppError> {
  const whole = { host: '127.0.0.1', port: greeter.port, database: 'shop', user: 'app', ...options };
  const context = { signal: AbortSignal.timeout(20_000), applicationName: 'test', statementTimeoutMs: 0 };
  const error: unknown = await mysql
    .open(whole, new SecretText(PASSWORD), context)
    .catch((failure: unknown) => failure);
  if (!isAppError(error)) throw new Error('it did not end');
  return error;
}

describe('a whole password', () => {
  it('is not given to whoever sends a key over an open wire', async () => {
    const before = greeter.passwords.length;
    const error = await logIn({ tls: 'disable' });
    expect(error.code).toBe('SOURCE/AUTH_REFUSED');
    expect(error.message).toContain('caching_sha2_password, which needs an encrypted connection or a known key');
    expect(error.remedy).toContain('--server-public-key FILE');
    expect(greeter.passwords.length).toBe(before);
    expect(greeter.wire().includes(PASSWORD)).toBe(false);
  });

  it('goes encrypted to the holder of a key that was got another way, who is not asked for it', async () => {
    const asked = greeter.askedForKey();
    const error = await logIn({ tls: 'disable', serverKey: files.join('server.pem') });
    expect(error.code).toBe('SOURCE/CONNECTION_LOST');
    expect(greeter.passwords.at(-1)).toBe(PASSWORD);
    expect(greeter.askedForKey()).toBe(asked);
    expect(greeter.wire().includes(PASSWORD)).toBe(false);
  });

  it('goes over TLS, and nowhere when the certificate is not trusted', async () => {
    const before = greeter.passwords.length;
    const strange = await logIn({ tls: 'verify-full', ca: certificates.otherCaFile });
    expect(strange.code).toBe('SOURCE/TLS_REFUSED');
    expect(greeter.passwords.length).toBe(before);
    const error = await logIn({ tls: 'verify-full', ca: certificates.caFile });
    expect(error.code).toBe('SOURCE/CONNECTION_LOST');
    expect(greeter.passwords.slice(before)).toEqual([PASSWORD]);
    expect(greeter.wire().includes(PASSWORD)).toBe(false);
  });

  it('waits for a key file that can be read', async () => {
    expect((await logIn({ tls: 'disable', serverKey: certificates.certFile.replace('.crt', '.none') })).code).toBe(
      'CONNECTION/OPTION_INVALID',
    );
  });
});
