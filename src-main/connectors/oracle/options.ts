import { z } from 'zod';
import { caOption, hostOption, portOption, tlsOption, userOption } from '../kit/connection-options.ts';

/** What cannot break out of the descriptor of a connection. */
const plainWord = (title: string, flag: string, description?: string) =>
  z
    .string()
    .min(1)
    .max(256)
    .regex(/^[\p{L}\p{N}_.$#-]+$/u, 'holds a character that a name of a service cannot have')
    .optional()
    .meta({ title, flag, ...(description === undefined ? {} : { description }) });
const path = (title: string, flag: string, description: string) =>
  z
    .string()
    .min(1)
    .refine((value) => !value.includes('\0'), 'must not hold a NUL character')
    .optional()
    .meta({ title, flag, description });

/** `host` may be the path of a Unix socket, such as the near end of a tunnel. */
export const oracleOptions = z
  .strictObject({
    host: hostOption
      .refine((host) => !/[()=\s'",]/.test(host), 'holds a character that a host cannot have')
      .optional()
      .meta({ title: 'Host', flag: 'host' }),
    port: portOption(1521),
    service: plainWord('Service name', 'service'),
    sid: plainWord('SID', 'sid'),
    connectString: z.string().min(1).optional().meta({
      title: 'Connect string',
      flag: 'connect-string',
      description: 'A name out of tnsnames.ora or a whole descriptor, instead of host and service.',
    }),
    configFolder: path('Folder of tnsnames.ora', 'config-folder', 'Where names of connect strings are looked up.'),
    user: userOption,
    proxyFor: plainWord('Proxy for', 'proxy-for', 'The user whose session the login opens: user[proxy].'),
    tls: tlsOption,
    ca: caOption,
    wallet: path(
      'Wallet folder',
      'wallet',
      'A folder with ewallet.pem: the client’s certificate, its key and authorities.',
    ).meta({ secret: 'Password of the wallet' }),
    mode: z.enum(['thin', 'thick']).default('thin').meta({
      title: 'Driver mode',
      flag: 'mode',
      description: 'thick uses the Oracle client that is installed on this machine; thin needs none.',
    }),
    clientFolder: path('Folder of the Oracle client', 'client-folder', 'Only for the mode thick.'),
  })
  .superRefine((options, context) => {
    const wrong = (option: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [option], message });
    const { host, service, sid, connectString, mode, clientFolder, tls, ca, wallet, configFolder } = options;
    if (connectString === undefined) {
      if (host === undefined) wrong('host', 'is needed');
      if (service === undefined && sid === undefined) wrong('service', 'is needed, or a SID');
      if (configFolder !== undefined) wrong('configFolder', 'belongs to a connect string');
    } else {
      if (host !== undefined) wrong('host', 'stands in the connect string');
      if (service !== undefined) wrong('service', 'stands in the connect string');
      if (sid !== undefined) wrong('sid', 'stands in the connect string');
    }
    if (service !== undefined && sid !== undefined) wrong('sid', 'cannot be given beside a service name');
    if (mode === 'thin' && clientFolder !== undefined) wrong('clientFolder', 'belongs to the mode thick only');
    if (mode === 'thick' && ca !== undefined) wrong('ca', 'is not known to the Oracle client: use a wallet');
    if (mode === 'thick' && (tls === 'require' || tls === 'verify-ca'))
      wrong('tls', 'is not known to the Oracle client');
    if (mode === 'thick' && host?.startsWith('/') === true) wrong('host', 'cannot be a socket in the mode thick');
    if (wallet !== undefined && ca !== undefined) wrong('ca', 'stands in the wallet');
  });

export type OracleOptions = z.infer<typeof oracleOptions>;
