import type { UrlRules } from '../../ports/connector.ts';

const ENCRYPT = {
  // TLS before anything else.
  strict: { tds: '8.0' },
  // Asks for encryption, which the usual mode does, and checks more.
  true: null,
  yes: null,
  mandatory: null,
  // Would fall back to plain text unseen: the usual mode is taken instead.
  optional: null,
  false: 'disable',
  no: 'disable',
  disable: 'disable',
};
const TRUST = { true: 'require', yes: 'require', false: null, no: null };

/** URLs as the drivers of several languages write them: the path is the database. */
export const sqlserverUrl: UrlRules = {
  schemes: ['sqlserver', 'mssql'],
  path: { option: 'database', absolute: false },
  parameters: {
    database: { option: 'database' },
    databasename: { option: 'database' },
    'initial catalog': { option: 'database' },
    user: { option: 'user' },
    'user id': { option: 'user' },
    username: { option: 'user' },
    password: { option: 'password' },
    instance: { option: 'instance' },
    instancename: { option: 'instance' },
    domain: { option: 'domain' },
    encrypt: { option: 'tls', values: ENCRYPT },
    trustservercertificate: { option: 'tls', values: TRUST },
  },
};
