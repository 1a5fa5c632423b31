import type { UrlRules } from '../../ports/connector.ts';

const DN_MATCH = {
  yes: 'verify-full',
  true: 'verify-full',
  on: 'verify-full',
  no: 'verify-ca',
  false: 'verify-ca',
  off: 'verify-ca',
};

const JDBC = String.raw`^jdbc:oracle:(?:thin|oci8?):(?:(?<user>[^/@]*)(?:/(?<password>"[^"]*"|[^@]*))?)?@`;
const HOST = String.raw`(?<host>\[[0-9A-Fa-f:.]+\]|[^:/?()\s]+)`;

/** Of JDBC's addresses: service, SID, and what stands in tnsnames.ora or is a descriptor itself. */
const FORMS = [
  String.raw`${JDBC}(?:tcps?:)?(?://)?${HOST}(?::(?<port>\d+))?/(?<service>[^:/?\s]+)(?:\?(?<query>.*))?$`,
  String.raw`${JDBC}${HOST}:(?<port>\d+):(?<sid>[^:/?\s]+)$`,
  String.raw`${JDBC}(?<connectString>\(.*\)|[\w.$#-]+)(?:\?(?<query>.*))?$`,
];

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
    tns_admin: { option: 'configFolder' },
    ssl_server_dn_match: { option: 'tls', values: DN_MATCH },
  },
  forms: FORMS,
};
