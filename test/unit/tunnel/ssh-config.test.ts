// What is taken from ssh_config(5), as `ssh -G` takes it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settle } from '../../../src-main/tunnel/config/settle.ts';
import { wordsOfLine } from '../../../src-main/tunnel/config/words-of-line.ts';
import { throughText, tunnelOptions } from '../../../src-main/tunnel/options.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

let home: TempFolder;
beforeEach(() => {
  home = new TempFolder();
  mkdirSync(home.join('.ssh'));
});
afterEach(() => home[Symbol.dispose]());

const write = (name: string, ...lines: readonly string[]) => writeFileSync(home.join('.ssh', name), lines.join('\n'));
const settled = (options: Record<string, unknown>) => settle(tunnelOptions.parse(options), home.path);

it('fills in host, port, user and key of an alias, the first line that speaks of it first', async () => {
  write('id_shop', 'key');
  write(
    'config',
    '# bastions',
    'Host *.example !old.example',
    '  User = "data base"',
    'host shop',
    '\tHostName %h.example.net',
    '\tPort 2222',
    '\tIdentityFile ~/.ssh/not-there',
    '\tIdentityFile %d/.ssh/id_shop',
    'Host *',
    '  User everybody',
    '  Port 1',
  );
  expect(await settled({ host: 'shop' })).toEqual({
    ...{ host: 'shop.example.net', port: 2222, user: 'everybody', key: home.join('.ssh', 'id_shop'), config: 'none' },
  });
  expect(await settled({ host: 'new.example' })).toMatchObject({ user: 'data base', port: 1 });
  expect(await settled({ host: 'old.example' })).toMatchObject({ user: 'everybody' });
});

it('puts what a person gives before what the file says', async () => {
  write('id_shop', 'key');
  write('config', 'Host shop', 'User file', 'Port 3', `IdentityFile ${home.join('.ssh', 'id_shop')}`, 'ProxyJump j');
  expect(await settled({ host: 'shop', user: 'me', port: 22, agent: true, jump: 'mine' })).toEqual({
    ...{ host: 'shop', user: 'me', port: 22, agent: true, jump: 'mine:22', config: 'none' },
  });
});

it('follows jump hosts, each by its own lines, and those that lead to the first of them', async () => {
  write('id_inner', 'key');
  write(
    'config',
    'Host shop',
    '  ProxyJump outer,courier@inner:2200',
    'Host outer',
    '  HostName outer.example.net',
    '  ProxyJump gate',
    'Host inner',
    '  User nobody',
    `  IdentityFile ${home.join('.ssh', 'id_inner')}`,
    '  ProxyJump passed-over',
  );
  const options = await settled({ host: 'shop', key: '/k', jumpHostKeys: `SHA256:${'A'.repeat(43)}` });
  expect(options).toMatchObject({
    jump: 'gate:22,outer.example.net:22,courier@inner:2200',
    jumpKeys: `,,${home.join('.ssh', 'id_inner')}`,
    jumpHostKeys: `SHA256:${'A'.repeat(43)}`,
  });
  const me = userInfo().username;
  expect(throughText(options)).toBe(
    `${me}@gate:22, then ${me}@outer.example.net:22, then courier@inner:2200, then ${me}@shop:22`,
  );
});

it('reads included files under the conditions above them', async () => {
  mkdirSync(home.join('.ssh', 'conf.d'));
  write('conf.d/a', 'User included', 'Host other', '  User other');
  write('config', 'Host shop', '  Include conf.d/*', 'Host *', '  Port 77');
  expect(await settled({ host: 'shop' })).toMatchObject({ user: 'included', port: 77 });
  expect(await settled({ host: 'other' })).not.toHaveProperty('user');
});

it('reads no file where none is there or wanted, and says so where the named one is missing', async () => {
  expect(await settled({ host: 'shop' })).toEqual({ host: 'shop', port: 22, config: 'none' });
  write('config', 'Host *', 'User file');
  expect(await settled({ host: 'shop', config: 'none' })).toEqual({ host: 'shop', config: 'none' });
  await expect(settled({ host: 'shop', config: home.join('none') })).rejects.toMatchObject({
    code: 'TUNNEL/OPTION_INVALID',
    context: { option: 'config' },
  });
});

it.each([
  ['a program that would be run', ['Host shop', 'ProxyCommand nc %h %p'], /ProxyCommand in .*config, line 2/],
  ['jump hosts without an end', ['Host shop', 'ProxyJump shop'], /without an end/],
  ['a file that includes itself', ['Include config'], /without an end/],
  ['a token that is not known', ['HostName %C.example'], /%C is not known here, in .*line 1/],
  ['a port that is none', ['Port ssh'], /no port in .*line 1/],
  ['a quote that is not closed', ['User "a'], /not closed in .*line 1/],
])('refuses %s, with file and line', async (_what, lines, said) => {
  write('config', ...lines);
  await expect(settled({ host: 'shop' })).rejects.toMatchObject({
    code: 'TUNNEL/OPTION_INVALID',
    message: expect.stringMatching(said) as unknown,
  });
});

it('runs no program where a person names the way', async () => {
  write('config', 'Host shop', 'ProxyCommand nc %h %p');
  expect(await settled({ host: 'shop', jump: 'gate' })).toMatchObject({ jump: 'gate:22' });
});

it('splits lines as ssh does', () => {
  expect(wordsOfLine('  User=dba')).toEqual(['User', 'dba']);
  expect(wordsOfLine('IdentityFile "my key" # mine')).toEqual(['IdentityFile', 'my key']);
  expect(wordsOfLine('   # nothing')).toEqual([]);
  expect(wordsOfLine('')).toEqual([]);
});
