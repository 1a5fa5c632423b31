import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunAs } from './keep-server.ts';
import { runProgram } from './run-program.ts';

export interface Certificates {
  /** Certificate of the authority that signed the server's. */
  readonly caFile: string;
  /** Certificate of another authority, which signed nothing here. */
  readonly otherCaFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** What the server's certificate is made out to: this machine's loopback names, or a host that it is not. */
export type CertificateName = 'loopback' | 'wrong-host';

const ALTERNATIVE_NAMES = { loopback: 'IP:127.0.0.1,DNS:localhost', 'wrong-host': 'DNS:elsewhere.example' };
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

/** Makes an authority and a server certificate signed by it, in a folder `tls` below `folder`. */
export async function makeCertificates(
  folder: string,
  name: CertificateName,
  owner: RunAs | null,
): Promise<Certificates> {
  const at = (file: string) => join(folder, 'tls', file);
  mkdirSync(join(folder, 'tls'), { mode: 0o755 });
  const makeAuthority = (stem: string) =>
    runProgram('openssl', [
      ...['req', '-x509', ...NEW_KEY, '-keyout', at(`${stem}.key`), '-out', at(`${stem}.crt`)],
      ...['-subj', `/CN=Waybill test ${stem}`, '-addext', 'keyUsage=critical,keyCertSign'],
    ]);
  await Promise.all([makeAuthority('ca'), makeAuthority('other-ca')]);
  const subject = name === 'loopback' ? '/CN=localhost' : '/CN=elsewhere.example';
  await runProgram('openssl', [
    'req',
    ...NEW_KEY,
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
    '-subj',
    subject,
  ]);
  writeFileSync(at('server.ext'), `subjectAltName=${ALTERNATIVE_NAMES[name]}\nextendedKeyUsage=serverAuth\n`);
  await runProgram('openssl', [
    ...['x509', '-req', '-in', at('server.csr'), '-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial'],
    ...['-days', '2', '-extfile', at('server.ext'), '-out', at('server.crt')],
  ]);
  if (owner !== null)
    for (const file of ['', 'server.key', 'server.crt', 'ca.crt']) chownSync(at(file), owner.uid, owner.gid);
  return {
    caFile: at('ca.crt'),
    otherCaFile: at('other-ca.crt'),
    certFile: at('server.crt'),
    keyFile: at('server.key'),
  };
}

export interface ClientCertificate {
  readonly certFile: string;
  /** Mode 0600. */
  readonly keyFile: string;
}

/** A client's certificate made out to `name`, signed by the authority of a server (or by the other one). */
export async function makeClientCertificate(
  { caFile, otherCaFile }: Certificates,
  folder: string,
  {
    name,
    passphrase,
    stranger = false,
  }: { readonly name: string; readonly passphrase?: string; readonly stranger?: boolean },
): Promise<ClientCertificate> {
  const at = (suffix: string) =>
    join(folder, `${name}${stranger ? '-stranger' : ''}${passphrase === undefined ? '' : '-locked'}.${suffix}`);
  const authority = stranger ? otherCaFile : caFile;
  const locked = passphrase === undefined ? ['-nodes'] : ['-passout', `pass:${passphrase}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', ...locked];
  await runProgram('openssl', ['req', ...key, '-keyout', at('key'), '-out', at('csr'), '-subj', `/CN=${name}`]);
  writeFileSync(at('ext'), 'extendedKeyUsage=clientAuth\n');
  await runProgram('openssl', [
    ...['x509', '-req', '-in', at('csr'), '-CA', authority, '-CAkey', authority.replace(/\.crt$/, '.key')],
    ...['-CAcreateserial', '-days', '2', '-extfile', at('ext'), '-out', at('crt')],
  ]);
  chmodSync(at('key'), 0o600);
  return { certFile: at('crt'), keyFile: at('key') };
}
