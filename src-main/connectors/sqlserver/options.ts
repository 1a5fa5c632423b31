import { z } from 'zod';
import { caOption, databaseOption, hostOption, portOption, tlsOption, userOption } from '../kit/connection-options.ts';

const LOGINS = ['sql', 'ntlm', 'entra-token'] as const;

/** `host` may be the path of a Unix socket, such as the near end of a tunnel. */
export const sqlserverOptions = z
  .strictObject({
    host: hostOption,
    port: portOption(1433),
    instance: z.string().min(1).max(128).optional().meta({
      title: 'Named instance',
      flag: 'instance',
      description: 'Its port is asked of the SQL Server Browser (UDP 1434); the port given here is not used.',
    }),
    database: databaseOption,
    auth: z.enum(LOGINS).default('sql').meta({
      title: 'Login',
      flag: 'auth',
      description: 'With entra-token the secret is an access token, and no user is given.',
    }),
    user: userOption.optional().meta({ title: 'User', flag: 'user' }),
    domain: z.string().min(1).max(128).optional().meta({
      title: 'Windows domain',
      flag: 'domain',
      description: 'Only for the login ntlm.',
    }),
    tls: tlsOption,
    ca: caOption,
    tds: z.enum(['7.4', '8.0']).default('7.4').meta({
      title: 'TDS version',
      flag: 'tds',
      description: '8.0 begins with TLS before anything else: what a server with strict encryption asks for.',
    }),
  })
  .superRefine(({ auth, user, domain, tls, tds }, context) => {
    const wrong = (option: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [option], message });
    if (auth !== 'entra-token' && user === undefined) wrong('user', 'is needed for this login');
    if (auth === 'ntlm' && domain === undefined) wrong('domain', 'is needed for the login ntlm');
    if (auth !== 'ntlm' && domain !== undefined) wrong('domain', 'belongs to the login ntlm only');
    if (tds === '8.0' && tls === 'disable') wrong('tls', 'cannot be disabled with TDS 8.0');
  });

export type SqlserverOptions = z.infer<typeof sqlserverOptions>;
