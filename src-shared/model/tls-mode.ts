import { isLocalHost } from '../util/local-host.ts';

export const TLS_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** The mode in force when the connection names none. */
export function defaultTlsMode(host: string): TlsMode {
  return isLocalHost(host) ? 'disable' : 'verify-full';
}
