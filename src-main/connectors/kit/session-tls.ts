import type { ConnectionOptions } from 'node:tls';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import { readCaFile } from './read-ca-file.ts';
import { readClientCertificate } from './read-client-certificate.ts';
import { defaultTlsMode, tlsOptions, verifiesPeer, type TlsMode } from './tls-options.ts';

/** What a connection's options say about encryption. */
export interface TlsChoice {
  readonly host: string;
  readonly tls?: TlsMode | undefined;
  readonly ca?: string | undefined;
  /** The client's own certificate, and its key: both or neither. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface SessionTls {
  /** For `tls.connect`; null: no TLS. */
  readonly options: ConnectionOptions | null;
  /** Whether an established session has checked who the peer is. */
  readonly verified: boolean;
}

/** How a session to this host is encrypted. A Unix socket leaves nothing to encrypt. `passphrase` opens the client's key. */
export async function sessionTls(choice: TlsChoice, passphrase: SecretText | null = null): Promise<SessionTls> {
  const { host, tls, ca, cert } = choice;
  const mode = host.startsWith('/') ? 'disable' : (tls ?? defaultTlsMode(host, cert));
  if (mode === 'disable') return { options: null, verified: false };
  const options = tlsOptions(mode, await readCaFile(ca));
  const own = await readClientCertificate(choice, passphrase);
  return { options: { ...options, ...own }, verified: verifiesPeer(mode) };
}
