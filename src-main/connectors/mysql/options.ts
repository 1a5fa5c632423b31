import { z } from 'zod';
import {
  caOption,
  certificateFaults,
  certOption,
  databaseOption,
  hostOption,
  keyOption,
  portOption,
  tlsOption,
  userOption,
} from '../kit/connection-options.ts';

/** `host` may be the path of a Unix socket, too: that is how they were saved before there was `socket`. */
export const mysqlOptions = z
  .strictObject({
    host: hostOption.optional().meta({ title: 'Host', flag: 'host' }),
    port: portOption(3306),
    socket: z
      .string()
      .startsWith('/', 'must be an absolute path')
      .refine((value) => !value.includes('\0'), 'must not hold a NUL character')
      .optional()
      .meta({
        title: 'Unix socket',
        flag: 'socket',
        description: 'Instead of a host: the path of the server’s socket.',
      }),
    database: databaseOption,
    user: userOption,
    tls: tlsOption,
    ca: caOption,
    cert: certOption,
    key: keyOption,
    serverKey: z.string().min(1).optional().meta({
      title: 'Public key of the server',
      flag: 'server-public-key',
      usual: 'none',
      description:
        'For caching_sha2_password and sha256_password without TLS: a PEM file got from the server’s administrator.',
    }),
  })
  .superRefine((options, context) => {
    const wrong = (option: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [option], message });
    const { host, socket, tls } = options;
    if (host === undefined && socket === undefined) wrong('host', 'is needed, or a socket');
    if (host !== undefined && socket !== undefined) wrong('socket', 'cannot be given beside a host');
    if (socket !== undefined && tls !== undefined && tls !== 'disable') wrong('tls', 'has no place on a Unix socket');
    for (const [option, words] of certificateFaults({ ...options, host: socket ?? host })) wrong(option, words);
  });

export type MysqlOptions = z.infer<typeof mysqlOptions>;
