import type { UrlRules } from '../../ports/connector.ts';

/** Connection URIs of libpq. `allow` and `prefer` would fall back to plain text unseen: the usual mode is taken instead. */
export const postgresUrl: UrlRules = {
  schemes: ['postgresql', 'postgres'],
  path: { option: 'database', absolute: false },
  parameters: {
    host: { option: 'host' },
    port: { option: 'port' },
    user: { option: 'user' },
    password: { option: 'password' },
    dbname: { option: 'database' },
    sslmode: {
      option: 'tls',
      values: {
        disable: 'disable',
        allow: null,
        prefer: null,
        require: 'require',
        'verify-ca': 'verify-ca',
        'verify-full': 'verify-full',
      },
    },
    sslrootcert: { option: 'ca' },
    sslcert: { option: 'cert' },
    sslkey: { option: 'key' },
    service: { option: 'service' },
    channel_binding: {
      option: 'channelBinding',
      values: { prefer: 'prefer', require: 'require', disable: 'disable' },
    },
  },
};
