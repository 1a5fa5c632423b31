import { isLocalHost } from '../util/local-host.ts';

export const TLS_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** The mode in force when the connection names none. Who shows a certificate means to be encrypted, wherever the server is. */
export function defaultTlsMode(host: string, cert?: string): TlsMode {
  return isLocalHost(host) && cert === undefined ? 'disable' : 'verify-full';
}
