import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { hostKeyText, SSH_PORT } from '../ssh/ssh-options.ts';
import { placeText } from '../ssh/ssh-words.ts';
import { NO_CONFIG } from './config/no-config.ts';
import { readJump, splitList } from './jump-text.ts';

const textOption = () =>
  z
    .string()
    .min(1)
    .refine((value) => !/\p{Cc}/u.test(value), 'must not hold a control character');

const fileOption = () =>
  textOption()
    .overwrite((path) => resolve(path))
    .optional();

export const tunnelOptions = z
  .strictObject({
    host: textOption().meta({ title: 'SSH server', flag: 'ssh-host' }),
    port: z.coerce
      .number()
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .meta({
        title: 'SSH port',
        flag: 'ssh-port',
        usual: String(SSH_PORT),
      }),
    user: textOption().optional().meta({
      title: 'SSH user',
      flag: 'ssh-user',
      usual: 'who runs Waybill',
    }),
    key: fileOption().meta({ title: 'SSH key file', flag: 'ssh-key', usual: 'none' }),
    agent: z.boolean().optional().meta({
      title: 'SSH agent',
      flag: 'ssh-agent',
      usual: 'no',
      description: 'The one that SSH_AUTH_SOCK names; never forwarded.',
    }),
    hostKey: hostKeyText.optional().meta({
      title: 'SSH host key',
      flag: 'ssh-host-key',
      usual: 'the one that a person compares and finds right',
    }),
    knownHosts: fileOption().meta({ title: 'known_hosts file', flag: 'ssh-known-hosts', usual: 'none' }),
    hostKeyAlias: textOption().optional().meta({
      title: 'Name in known_hosts',
      flag: 'ssh-host-key-alias',
      usual: 'host and port',
      description: 'As HostKeyAlias of ssh.',
    }),
    jump: textOption()
      .refine((text) => readJump(text) !== null, 'must look like user@host:port, several with commas between them')
      .optional()
      .meta({
        title: 'SSH jump hosts',
        flag: 'ssh-jump',
        usual: 'none',
        description: 'SSH servers that lead to this one, the nearest first: user@host:port, with commas between them.',
      }),
    jumpKeys: textOption()
      .overwrite((list) =>
        splitList(list)
          .map((path) => (path === '' ? '' : resolve(path)))
          .join(','),
      )
      .optional()
      .meta({
        title: 'Key files of the jump hosts',
        flag: 'ssh-jump-keys',
        usual: 'the SSH key file',
        description: 'One for each jump host, with commas between them; an empty one is the SSH key file.',
      }),
    jumpHostKeys: textOption()
      .refine((text) => splitList(text).every((key) => key === '' || hostKeyText.safeParse(key).success), {
        message: 'must look like SHA256: and 43 characters, as ssh-keygen -l prints it, one for each jump host',
      })
      .optional()
      .meta({
        title: 'Host keys of the jump hosts',
        flag: 'ssh-jump-host-keys',
        usual: 'those that a person compares and finds right',
        description: 'One fingerprint for each jump host, with commas between them.',
      }),
    jumpHostKeyAliases: textOption().optional().meta({
      title: 'Names of the jump hosts in known_hosts',
      flag: 'ssh-jump-host-key-aliases',
      usual: 'host and port of each',
      description: 'One for each jump host, with commas between them; an empty one is host and port.',
    }),
    config: textOption()
      .overwrite((path) => (path === NO_CONFIG ? path : resolve(path)))
      .optional()
      .meta({
        title: 'SSH config file',
        flag: 'ssh-config',
        usual: '~/.ssh/config',
        description: 'Read once, when the connection is saved; none: no file is read.',
      }),
  })
  .superRefine(({ key, agent, jump, jumpKeys, jumpHostKeys, jumpHostKeyAliases, config }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (key !== undefined && agent === true) refuse('agent', 'cannot be given beside a key file');
    // A config file may name them, or more of them.
    if (config !== NO_CONFIG) return;
    const hops = jump === undefined ? 0 : (readJump(jump)?.length ?? 0);
    for (const [path, list] of Object.entries({ jumpKeys, jumpHostKeys, jumpHostKeyAliases })) {
      if (list !== undefined && splitList(list).length > hops) refuse(path, 'names more than there are jump hosts');
    }
  });

export type TunnelOptions = z.infer<typeof tunnelOptions>;

/** As ssh does: without a name, the user of this machine. */
export function userOf({ user }: Pick<TunnelOptions, 'user'>): string {
  return user ?? userInfo().username;
}

/** Where the server is. */
export function placeOf({ host, port = SSH_PORT }: Pick<TunnelOptions, 'host' | 'port'>): {
  readonly host: string;
  readonly port: number;
} {
  return { host, port };
}

/** `user@host:port`. */
export function nameOf(options: Pick<TunnelOptions, 'host' | 'port' | 'user'>): string {
  return `${userOf(options)}@${placeText(placeOf(options))}`;
}

/** `user@host:port`, after those that lead there. */
export function throughText(options: TunnelOptions): string {
  const before = options.jump === undefined ? [] : (readJump(options.jump) ?? []);
  return [...before, options].map(nameOf).join(', then ');
}
