/** The driver's own errors (NJS-), and those of the Oracle client under it (DPI-). */
import type { Translation } from './server-errors.ts';

export const UNREACHABLE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The server{at} cannot be reached.',
  remedy: 'Check host and port of the connection, and that the listener runs.',
};
export const TLS: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message: 'The server{at} gave no TLS session that can be trusted.',
  remedy: 'Give the CA file that signed the server’s certificate, check the host name, or choose another TLS mode.',
};
export const LATE: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'The statement reached its time limit.',
  remedy: 'Raise limits.statementTimeoutMs in the plan, or read less.',
};
export const LOST: Translation = {
  code: 'SOURCE/CONNECTION_LOST',
  message: 'The connection to the server was lost.',
  remedy: 'Check the network and the server, then try again.',
};
const PROTOCOL: Translation = {
  code: 'SOURCE/PROTOCOL',
  message: 'The server sent packets in a form that its protocol does not have.',
  remedy: 'Check what stands between this machine and the server, such as a proxy, and run again.',
};
const SERVICE: Translation = {
  code: 'SOURCE/DATABASE_ABSENT',
  message: 'The listener{at} does not know the service or SID of the connection.',
  remedy: 'Correct the service name of the connection, and check that the database is open and registered.',
};
const NAME: Translation = {
  code: 'SOURCE/DATABASE_ABSENT',
  message: 'The connect string cannot be read, or its name is not known.',
  remedy: 'Check it, and that tnsnames.ora lies in the folder given with --config-folder.',
};
const AUTH: Translation = {
  code: 'SOURCE/AUTH_REFUSED',
  message: 'The server{at} refused the login{as}.',
  remedy: 'Check user and password of the connection.',
};
const THICK_ONLY: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The server{at} asks for what only the Oracle client can do.',
  remedy: 'Install the Oracle client and give the connection --mode thick.',
};
const WALLET: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message:
    'The wallet cannot be used: there is no ewallet.pem in its folder, or its key is locked by another password.',
  remedy: 'Give the folder of a wallet with an ewallet.pem, and the password of its key with --key-passphrase-stdin.',
};

export const BY_DRIVER_CODE: Readonly<Record<string, Translation>> = {
  'NJS-003': LOST,
  'NJS-116': AUTH,
  'NJS-123': LATE,
  'NJS-125': NAME,
  'NJS-138': THICK_ONLY,
  'NJS-500': LOST,
  'NJS-501': LOST,
  'NJS-503': UNREACHABLE,
  'NJS-504': UNREACHABLE,
  'NJS-505': WALLET,
  'NJS-506': TLS,
  'NJS-507': TLS,
  'NJS-508': TLS,
  'NJS-509': PROTOCOL,
  'NJS-510': UNREACHABLE,
  'NJS-511': UNREACHABLE,
  'NJS-512': NAME,
  'NJS-514': NAME,
  'NJS-515': NAME,
  'NJS-516': NAME,
  'NJS-517': NAME,
  'NJS-518': SERVICE,
  'NJS-519': SERVICE,
  'NJS-520': NAME,
  'NJS-521': LOST,
  'NJS-529': WALLET,
  'NJS-530': UNREACHABLE,
  'NJS-531': THICK_ONLY,
  'NJS-532': THICK_ONLY,
  'NJS-533': THICK_ONLY,
  'DPI-1010': LOST,
  'DPI-1067': LATE,
  'DPI-1080': LOST,
};

/** Whether the driver could do nothing with the wallet. */
export function isOfWallet(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && BY_DRIVER_CODE[code] === WALLET;
}
