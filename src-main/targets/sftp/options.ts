import { resolve } from 'node:path';
import { z } from 'zod';
import { hostKeyText, SSH_PORT } from '../../ssh/ssh-options.ts';
import { textOption } from '../kit/text-option.ts';

const fileOption = (title: string, flag: string, usual: string) =>
  textOption(title, flag)
    .overwrite((path) => resolve(path))
    .optional()
    .meta({ title, flag, usual });

export const sftpOptions = z.strictObject({
  host: textOption('Host', 'host'),
  port: z.coerce.number().int().min(1).max(65_535).default(SSH_PORT).meta({ title: 'Port', flag: 'port' }),
  user: textOption('User', 'user'),
  /** The root on the server; without a leading `/` it starts at the login's home. */
  path: textOption('Folder at the target', 'path').default('.').meta({ title: 'Folder at the target', flag: 'path' }),
  key: fileOption('Private key file', 'key', 'none, the password alone'),
  /** The server's pinned host key. */
  hostKey: hostKeyText
    .optional()
    .meta({ title: 'Host key', flag: 'host-key', usual: 'the one that a person compares and finds right' }),
  knownHosts: fileOption('known_hosts file', 'known-hosts', 'none'),
});

export type SftpOptions = z.infer<typeof sftpOptions>;
