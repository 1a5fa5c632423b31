export const TLS_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** 127.0.0.0/8, each number as a system writes it: no name that only begins like an address. */
const LOOPBACK = /^127(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** Whether nothing leaves this machine: a socket path, `localhost`, 127.0.0.0/8, ::1. */
export function isLocalHost(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || LOOPBACK.test(host);
}

/** The mode in force when the connection names none. */
export function defaultTlsMode(host: string): TlsMode {
  return isLocalHost(host) ? 'disable' : 'verify-full';
}
