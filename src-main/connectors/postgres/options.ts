import { z } from 'zod';
import { caOption, databaseOption, hostOption, portOption, tlsOption, userOption } from '../kit/connection-options.ts';

/** `host` may be the folder of a Unix socket. */
export const postgresOptions = z.strictObject({
  host: hostOption,
  port: portOption(5432),
  database: databaseOption,
  user: userOption,
  tls: tlsOption,
  ca: caOption,
});

export type PostgresOptions = z.infer<typeof postgresOptions>;
