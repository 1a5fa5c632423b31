import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { agentOf } from '../../../src-main/tunnel/agent.ts';
import { throughText, tunnelOptions } from '../../../src-main/tunnel/options.ts';

const parse = (options: Record<string, unknown>) => tunnelOptions.parse({ host: 'bastion.example', ...options });
const HOST_KEY = `SHA256:${'A'.repeat(43)}`;

it('needs a host alone: the port is 22, the user who runs the program', () => {
  expect(parse({})).toEqual({ host: 'bastion.example' });
  expect(throughText(parse({}))).toBe(`${userInfo().username}@bastion.example:22`);
  expect(throughText(parse({ jump: 'a@one,two:2222', user: 'dba' }))).toBe(
    `a@one:22, then ${userInfo().username}@two:2222, then dba@bastion.example:22`,
  );
  expect(throughText(parse({ host: '2001:db8::1', user: 'dba', port: '2222' }))).toBe('dba@[2001:db8::1]:2222');
});

it('takes paths from where the command is called', () => {
  expect(parse({ key: 'id_ed25519', knownHosts: 'known_hosts' })).toMatchObject({
    key: resolve('id_ed25519'),
    knownHosts: resolve('known_hosts'),
  });
});

it.each([
  ['a host with a line break', { host: 'a\nb' }],
  ['no host', { host: '' }],
  ['a port that is none', { port: '70000' }],
  ['a fingerprint of another kind', { hostKey: 'MD5:00:11' }],
  ['an agent beside a key', { agent: true, key: 'id' }],
  ['jump hosts that cannot be read', { jump: 'a b' }],
  ['more host keys than jump hosts', { jump: 'a', jumpHostKeys: `${HOST_KEY},${HOST_KEY}`, config: 'none' }],
  ['more names of jump hosts than those', { jump: 'a', jumpHostKeyAliases: 'one,two', config: 'none' }],
  ['an option it does not have', { forwardAgent: true }],
])('refuses %s', (_what, options) => {
  expect(tunnelOptions.safeParse({ host: 'bastion.example', hostKey: HOST_KEY, ...options }).success).toBe(false);
});

it('finds the agent where its variable says, and on Windows where it always is', () => {
  expect(agentOf({ SSH_AUTH_SOCK: '/run/agent' }, 'linux')).toBe('/run/agent');
  expect(agentOf({ SSH_AUTH_SOCK: '' }, 'linux')).toBeNull();
  expect(agentOf({}, 'win32')).toBe(String.raw`\\.\pipe\openssh-ssh-agent`);
});
