const LOOPBACK = /^127(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/;

/** Whether nothing leaves this machine: a socket path, `localhost`, 127.0.0.0/8, ::1. */
export function isLocalHost(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || LOOPBACK.test(host);
}
