import { isIP } from 'node:net';
import { STAND_IN } from './network.ts';
import type { OracleOptions } from './options.ts';

const CONNECT_SECONDS = 15;

/** Where a connection leads, as the driver reads it. What is put in has passed the options' schema. */
export function connectStringOf(
  options: OracleOptions,
  { encrypts, dials }: { readonly encrypts: boolean; readonly dials: boolean },
): string {
  const { host = '', port, service, sid, connectString, wallet, mode, tls } = options;
  if (connectString !== undefined) return connectString;
  const protocol = encrypts ? 'tcps' : 'tcp';
  // The driver would look up a socket's path, or a name that is known elsewhere; our own connecting knows better (network.ts).
  const named = dials && isIP(host) === 0 ? STAND_IN : host.startsWith('/') ? 'localhost' : host;
  const target = sid === undefined ? `(SERVICE_NAME=${service ?? ''})` : `(SID=${sid})`;
  const match = `(SSL_SERVER_DN_MATCH=${tls === 'verify-ca' ? 'OFF' : 'ON'})`;
  const own = mode === 'thick' && wallet !== undefined ? `(MY_WALLET_DIRECTORY=${wallet})` : '';
  return [
    `(DESCRIPTION=(TRANSPORT_CONNECT_TIMEOUT=${CONNECT_SECONDS})(CONNECT_TIMEOUT=${2 * CONNECT_SECONDS})(RETRY_COUNT=0)`,
    `(ADDRESS=(PROTOCOL=${protocol})(HOST=${named})(PORT=${port}))`,
    `(CONNECT_DATA=${target})`,
    ...(encrypts ? [`(SECURITY=${match}${own})`] : []),
    ')',
  ].join('');
}
