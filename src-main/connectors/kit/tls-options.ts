import type { ConnectionOptions } from 'node:tls';
import type { TlsMode } from '../../../src-shared/model/tls-mode.ts';

export { defaultTlsMode, TLS_MODES, type TlsMode } from '../../../src-shared/model/tls-mode.ts';

/**
 * What `tls.connect` needs for a mode; null: no TLS. `ca` is PEM text and replaces the system's authorities.
 * - `require` encrypts and checks nothing; `verify-ca` checks the chain; `verify-full` the chain and the name.
 */
export function tlsOptions(mode: TlsMode, ca: string | null): ConnectionOptions | null {
  if (mode === 'disable') return null;
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: mode !== 'require',
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    ...(ca === null ? {} : { ca }),
  };
}

/** Whether an established session in this mode checked who the peer is. */
export function verifiesPeer(mode: TlsMode): boolean {
  return mode === 'verify-ca' || mode === 'verify-full';
}
