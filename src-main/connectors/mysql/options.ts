import { z } from 'zod';
import { caOption, databaseOption, hostOption, portOption, tlsOption, userOption } from '../kit/connection-options.ts';

/** `host` may be the path of a Unix socket. */
export const mysqlOptions = z.strictObject({
  host: hostOption,
  port: portOption(3306),
  database: databaseOption,
  user: userOption,
  tls: tlsOption,
  ca: caOption,
});

export type MysqlOptions = z.infer<typeof mysqlOptions>;
