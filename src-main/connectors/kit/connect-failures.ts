/** The words for a connection that does not come about: where it was to lead, as whom, and why not. */

/** Where a connection leads, and as whom. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

export interface Failure {
  /** Goes on after `The server … : `. */
  readonly cause: string;
  /** Better than the general one. */
  readonly remedy?: string;
}

const LOOK_UP = 'Check the host name of the connection, and that this machine can look names up.';

/** By the system's code. */
export const CONNECT_FAILURES: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: {
    cause: 'it refused the connection',
    remedy: 'Check that the server runs and takes connections there, and the host and port of the connection.',
  },
  ETIMEDOUT: {
    cause: 'it did not answer in time',
    remedy: 'Check host and port of the connection, and whether a firewall stands in between.',
  },
  ENOTFOUND: { cause: 'its name is not known', remedy: LOOK_UP },
  EAI_AGAIN: { cause: 'its name could not be looked up now', remedy: LOOK_UP },
  EAI_FAIL: { cause: 'its name could not be looked up', remedy: LOOK_UP },
  EHOSTUNREACH: { cause: 'no way leads to it' },
  ENETUNREACH: { cause: 'no way leads to its network' },
  ENOENT: { cause: 'there is no such socket' },
  ENOTSOCK: { cause: 'what is there is no socket' },
  EACCES: { cause: 'the system does not let this user connect to the socket' },
};

const STRANGE = 'its certificate is signed by an authority that is not trusted';
const TRUST = 'Give the file of the authority that signed it with --ca FILE, or choose another TLS mode.';

const OWN = 'Give a certificate that its administrator has made for this login: --cert FILE and --key FILE.';

/** By the code of the TLS library. */
export const CERTIFICATE_FAILURES: Readonly<Record<string, Failure>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: { cause: 'its certificate is signed by itself, an authority that is not trusted' },
  SELF_SIGNED_CERT_IN_CHAIN: { cause: STRANGE, remedy: TRUST },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { cause: STRANGE, remedy: TRUST },
  UNABLE_TO_GET_ISSUER_CERT: { cause: STRANGE, remedy: TRUST },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { cause: STRANGE, remedy: TRUST },
  CERT_HAS_EXPIRED: {
    cause: 'its certificate has expired',
    remedy: 'Have the certificate of the server renewed, and check the clock of this machine.',
  },
  CERT_NOT_YET_VALID: {
    cause: 'its certificate is not valid yet',
    remedy: 'Check the clocks of this machine and of the server.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    cause: 'its certificate is made out to another name',
    remedy: 'Use the host name that the certificate names, or --tls verify-ca to check the authority alone.',
  },
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: { cause: 'it does not trust the authority of the client certificate', remedy: OWN },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: { cause: 'it asks for a client certificate', remedy: OWN },
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: { cause: 'the client certificate has expired', remedy: OWN },
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: { cause: 'the client certificate was revoked', remedy: OWN },
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: { cause: 'it does not take the client certificate', remedy: OWN },
};

/** A message with `{at}` and `{as}` filled in; without an address they vanish. */
export function withAddress(message: string, address: Address | undefined): string {
  const at = address === undefined ? '' : ` at ${placeOf(address)}`;
  const as = address === undefined ? '' : ` of ${address.user}`;
  // As functions: a name may hold what a replacement text takes for a pattern.
  return message.replaceAll('{at}', () => at).replaceAll('{as}', () => as);
}

function placeOf({ host, port }: Address): string {
  if (host.startsWith('/')) return `the socket ${host}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `fact: cause (code).` of what is known. */
export function sentence(
  fact: string,
  { cause, code }: { readonly cause?: string | undefined; readonly code: string },
): string {
  return `${fact.replace(/\.$/, '')}${cause === undefined ? '' : `: ${cause}`}${code === '' ? '' : ` (${code})`}.`;
}
