import type { UrlRules } from '../../ports/connector.ts';

const DN_MATCH = {
  yes: 'verify-full',
  true: 'verify-full',
  on: 'verify-full',
  no: 'verify-ca',
  false: 'verify-ca',
  off: 'verify-ca',
};

/** `oracle://user@host:1521/service`. */
export const oracleUrl: UrlRules = {
  schemes: ['oracle'],
  path: { option: 'service', absolute: false },
  parameters: {
    service_name: { option: 'service' },
    servicename: { option: 'service' },
    service: { option: 'service' },
    sid: { option: 'sid' },
    user: { option: 'user' },
    username: { option: 'user' },
    password: { option: 'password' },
    wallet_location: { option: 'wallet' },
    ssl_server_dn_match: { option: 'tls', values: DN_MATCH },
  },
};
