import type { UrlRules } from '../../ports/connector.ts';

/** The product's own `file:` addresses, and how libraries write them. */
export const sqliteUrl: UrlRules = {
  schemes: ['sqlite', 'sqlite3', 'file'],
  path: { option: 'file', absolute: true },
  parameters: {},
};
