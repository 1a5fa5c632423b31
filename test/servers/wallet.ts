// What Oracle's clients show of themselves, without a server of it: a wallet, and a TLS listener that looks and hangs up.
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { makeCertificates, type Certificates } from './certificates.ts';
import { runProgram } from './run-program.ts';

export interface Wallet {
  readonly certificates: Certificates;
  /** Holds `ewallet.pem`, whose key is locked by the password. */
  readonly folder: string;
}

/** Makes a wallet below a folder, and the certificates of a listener. */
export async function makeWallet(below: string, password: string): Promise<Wallet> {
  const certificates = await makeCertificates(below, 'loopback', null);
  const { certFile, keyFile, caFile } = certificates;
  const lock = ['pkey', '-in', keyFile, '-aes256', '-passout', 'stdin'];
  const locked = await runProgram('openssl', lock, { input: password });
  const folder = join(below, 'wallet');
  mkdirSync(folder);
  const parts = [locked, ...[certFile, caFile].map((path) => readFileSync(path, 'utf8'))];
  writeFileSync(join(folder, 'ewallet.pem'), parts.join(''), { mode: 0o600 });
  return { certificates, folder };
}

export interface Listener extends AsyncDisposable {
  readonly port: number;
  /** Fingerprints of the certificates that were shown. */
  readonly seen: readonly string[];
}

/** Takes TLS sessions, asks for a certificate, and ends each of them. */
export async function startListener({ certFile, keyFile }: Certificates): Promise<Listener> {
  const seen: string[] = [];
  const listener = createServer(
    { cert: readFileSync(certFile), key: readFileSync(keyFile), requestCert: true, rejectUnauthorized: false },
    (socket) => {
      socket.on('error', () => undefined);
      const shown = socket.getPeerX509Certificate()?.fingerprint256;
      if (shown !== undefined) seen.push(shown);
      socket.destroy();
    },
  );
  listener.on('tlsClientError', () => undefined);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    ...{ port, seen },
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await once(listener, 'close');
    },
  };
}
