import { z } from 'zod';
import {
  caOption,
  certificateFaults,
  certOption,
  databaseOption,
  hostOption,
  keyOption,
  openPortOption,
  tlsOption,
  userOption,
} from '../kit/connection-options.ts';

export const USUAL_PORT = 5432;

/** `host` may be the folder of a Unix socket. What a service names need not be given; what is given counts over it. */
export const postgresOptions = z
  .strictObject({
    host: hostOption.optional().meta({ title: 'Host', flag: 'host' }),
    port: openPortOption(String(USUAL_PORT)),
    database: databaseOption.optional().meta({ title: 'Database', flag: 'database' }),
    user: userOption.optional().meta({ title: 'User', flag: 'user' }),
    service: z
      .string()
      .min(1)
      .max(256)
      .regex(/^[^\]\n\r\0]+$/, 'holds a character that a name of a service cannot have')
      .optional()
      .meta({
        title: 'Service',
        flag: 'service',
        description:
          'A section of ~/.pg_service.conf, or of the file that PGSERVICEFILE names: it fills in what is not given here.',
      }),
    tls: tlsOption,
    ca: caOption,
    cert: certOption,
    key: keyOption,
    channelBinding: z.enum(['prefer', 'require', 'disable']).optional().meta({
      title: 'Channel binding',
      flag: 'channel-binding',
      usual: 'prefer',
      description:
        'With require, a password is proven only to the server whose certificate was shown (SCRAM-SHA-256-PLUS).',
    }),
  })
  .superRefine((options, context) => {
    const wrong = (option: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [option], message });
    if (options.service === undefined) {
      for (const option of ['host', 'database', 'user'] as const)
        if (options[option] === undefined) wrong(option, 'is needed, or a service that names it');
    }
    for (const [option, words] of certificateFaults(options)) wrong(option, words);
    if (options.channelBinding === 'require' && options.tls === 'disable')
      wrong('channelBinding', 'binds to a TLS session, and TLS is disabled');
  })
  // Where no service may name the port, it is the usual one, and stands in the record as any other.
  .overwrite((options) => {
    const { host, port, ...rest } = options;
    if (options.service !== undefined || port !== undefined) return options;
    return { ...(host === undefined ? {} : { host }), port: USUAL_PORT, ...rest };
  });

export type PostgresOptions = z.infer<typeof postgresOptions>;
