import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { hostKeyText, SSH_PORT } from '../ssh/ssh-options.ts';
import { placeText } from '../ssh/ssh-words.ts';

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
    port: z.coerce.number().int().min(1).max(65_535).default(SSH_PORT).meta({ title: 'SSH port', flag: 'ssh-port' }),
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
      description: 'The agent that SSH_AUTH_SOCK names signs; it is never forwarded.',
    }),
    hostKey: hostKeyText.optional().meta({
      title: 'SSH host key',
      flag: 'ssh-host-key',
      usual: 'the one that a person compares and finds right',
    }),
    knownHosts: fileOption().meta({ title: 'known_hosts file', flag: 'ssh-known-hosts', usual: 'none' }),
  })
  .superRefine(({ key, agent }, context) => {
    if (key === undefined || agent !== true) return;
    context.addIssue({ code: 'custom', path: ['agent'], message: 'cannot be given beside a key file' });
  });

export type TunnelOptions = z.infer<typeof tunnelOptions>;

/** As ssh does: without a name, the user of this machine. */
export function userOf({ user }: TunnelOptions): string {
  return user ?? userInfo().username;
}

/** `user@host:port`. */
export function throughText(options: TunnelOptions): string {
  return `${userOf(options)}@${placeText(options)}`;
}
