import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

export const TLS_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** Whether nothing leaves this machine: a socket path, `localhost`, 127.0.0.0/8, ::1. */
export function isLocalHost(host: string): boolean {
  if (host.startsWith('/') || host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** The mode in force when the connection names none. */
export function defaultTlsMode(host: string): TlsMode {
  return isLocalHost(host) ? 'disable' : 'verify-full';
}

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
