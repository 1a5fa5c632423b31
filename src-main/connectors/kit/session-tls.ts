import type { ConnectionOptions } from 'node:tls';
import { readCaFile } from './read-ca-file.ts';
import { defaultTlsMode, tlsOptions, verifiesPeer, type TlsMode } from './tls-options.ts';

/** What a connection's options say about encryption. */
export interface TlsChoice {
  readonly host: string;
  readonly tls?: TlsMode | undefined;
  readonly ca?: string | undefined;
}

export interface SessionTls {
  /** For `tls.connect`; null: no TLS. */
  readonly options: ConnectionOptions | null;
  /** Whether an established session has checked who the peer is. */
  readonly verified: boolean;
}

/** How a session to this host is encrypted. A Unix socket leaves nothing to encrypt. */
export async function sessionTls({ host, tls, ca }: TlsChoice): Promise<SessionTls> {
  const mode = host.startsWith('/') ? 'disable' : (tls ?? defaultTlsMode(host));
  const options = tlsOptions(mode, mode === 'disable' ? null : await readCaFile(ca));
  return { options, verified: verifiesPeer(mode) };
}
