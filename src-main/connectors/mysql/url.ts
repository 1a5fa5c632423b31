import type { UrlRules } from '../../ports/connector.ts';

const MODES = {
  disabled: 'disable',
  disable: 'disable',
  // Would fall back to plain text unseen: the usual mode is taken instead.
  preferred: null,
  required: 'require',
  trust: 'require',
  verify_ca: 'verify-ca',
  'verify-ca': 'verify-ca',
  verify_identity: 'verify-full',
  'verify-full': 'verify-full',
};

/** URIs of the product's shell and of its JDBC drivers. */
export const mysqlUrl: UrlRules = {
  schemes: ['mysql', 'mariadb', 'mysqlx'],
  path: { option: 'database', absolute: false },
  parameters: {
    user: { option: 'user' },
    password: { option: 'password' },
    'ssl-mode': { option: 'tls', values: MODES },
    sslmode: { option: 'tls', values: MODES },
    'ssl-ca': { option: 'ca' },
    serversslcert: { option: 'ca' },
    'ssl-cert': { option: 'cert' },
    'ssl-key': { option: 'key' },
    'server-public-key-path': { option: 'serverKey' },
    serverrsapublickeyfile: { option: 'serverKey' },
    socket: { option: 'socket' },
  },
};
