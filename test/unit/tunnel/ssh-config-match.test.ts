// `Match`, canonical names and `HostKeyAlias` of ssh_config(5): beside `ssh -G`, which tells what ssh itself makes of a file.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../../src-main/tunnel/config/settle.ts';
import { tunnelOptions } from '../../../src-main/tunnel/options.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { runProgram } from '../../servers/run-program.ts';

let home: TempFolder;
beforeEach(() => {
  home = new TempFolder();
  mkdirSync(home.join('.ssh'));
});
afterEach(() => home[Symbol.dispose]());

const ME = userInfo().username;
const file = (): string => home.join('.ssh', 'config');
const write = (lines: readonly string[]): void => writeFileSync(file(), lines.join('\n'));
const settled = (options: Record<string, unknown>) => settle(tunnelOptions.parse(options), home.path);

interface Server {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly jump: string;
  readonly alias: string;
}

/** What ssh would do, by its own word. */
async function bySsh({ host, user }: { readonly host: string; readonly user?: string | undefined }): Promise<Server> {
  const login = user === undefined ? [] : ['-l', user];
  const told = await runProgram('ssh', ['-G', '-F', file(), ...login, host]);
  const said = (keyword: string): string => new RegExp(`^${keyword} (.*)$`, 'm').exec(told)?.[1] ?? '';
  const server = { host: said('hostname'), port: Number(said('port')), user: said('user') };
  return { ...server, jump: said('proxyjump'), alias: said('hostkeyalias') };
}

async function byUs(asked: { readonly host: string; readonly user?: string | undefined }): Promise<Server> {
  const { host, port = 0, user = ME, jump = '', hostKeyAlias = '' } = await settled({ ...asked });
  // ssh writes names of hosts in small letters here.
  return { host: host.toLowerCase(), port, user, jump: jump.replace(/:22$/, ''), alias: hostKeyAlias.toLowerCase() };
}

interface Case {
  readonly lines: readonly string[];
  readonly host?: string;
  readonly user?: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'Match all': { lines: ['Match all', 'Port 78', 'User everybody'] },
  'Match !all': { lines: ['Match !all', 'Port 78'] },
  'Match host, of the name that was given': { lines: ['Match host shop,other', 'Port 2'] },
  'Match host, of the name that HostName says above': {
    lines: ['Host shop', 'HostName %h.example', 'Match host shop', 'Port 2', 'Match host *.example', 'Port 3'],
  },
  'Match host, judged once at its beginning': {
    lines: ['Match host shop', 'HostName real.example', 'User inside', 'Match host real.example', 'Port 3'],
  },
  'Match host in capitals': { lines: ['Match host SHOP', 'Port 2'], host: 'Shop' },
  'Host in capitals, which is another one': { lines: ['Host SHOP', 'Port 2', 'Host shop', 'Port 3'] },
  'Match host with patterns and !': { lines: ['Match host !shop,*', 'Port 2', 'Match host sh?p', 'Port 3'] },
  'Match host that is negated': { lines: ['Match !host shop', 'Port 2', 'Match !host other', 'Port 3'] },
  'Match originalhost': {
    lines: ['Host shop', 'HostName real', 'Match originalhost real', 'Port 2', 'Match originalhost shop', 'Port 3'],
  },
  'Match user, of the one that was given': { lines: ['Match user bob', 'Port 2', 'User alice'], user: 'bob' },
  'Match user, of the one that is said above': {
    lines: ['Host shop', 'User bob', 'Match user alice', 'Port 2', 'Match user bob', 'Port 3'],
  },
  'Match user, of who runs it': { lines: [`Match user ${ME}`, 'Port 2'] },
  'Match localuser': {
    lines: ['Match localuser nobody-here', 'Port 2', `Match localuser ${ME}`, 'Port 3'],
    user: 'bob',
  },
  'several criteria': {
    lines: ['Match host shop user alice', 'Port 2', 'Match host shop user bob', 'Port 3'],
    user: 'bob',
  },
  'criteria with = and quotes': { lines: ['Match host=shop user="bob"', 'Port 2'], user: 'bob' },
  'Match final': {
    lines: ['Match final host real.example', 'Port 2', 'User late', 'Host shop', 'HostName real.example', 'User early'],
  },
  'Host on the second reading, by the settled name': {
    lines: [
      ...['Host shop', 'HostName real.example', 'Host real.example', 'ProxyJump gate'],
      ...['Match final host real.example', 'User late'],
    ],
  },
  'a HostName that comes too late': { lines: ['Match final', 'HostName elsewhere', 'Port 2'] },
  'Match canonical, where nothing is made canonical': { lines: ['Match canonical', 'Port 2', 'Match all', 'Port 3'] },
  'Match canonical, after CanonicalizeHostname': {
    lines: ['CanonicalizeHostname yes', 'Match canonical', 'Port 2'],
  },
  'Match final all': { lines: ['Match final all', 'Port 2', 'Host shop', 'User dba'] },
  'names that are whole': {
    lines: ['CanonicalizeHostname yes', 'CanonicalDomains example', 'HostName a.b.c', 'Match canonical', 'Port 2'],
  },
  'a jump before a command': { lines: ['Host shop', 'ProxyJump gate', 'ProxyCommand nc %h %p'] },
  'no command before a jump': { lines: ['ProxyCommand none', 'ProxyJump gate'] },
  'no jump': { lines: ['ProxyJump none', 'ProxyJump gate'] },
  HostKeyAlias: { lines: ['Host shop', 'HostKeyAlias Shop-Bastion', 'Host *', 'HostKeyAlias other'] },
  'HostKeyAlias under Match': { lines: ['Match host shop', 'HostKeyAlias shop-bastion'] },
};

describe('a server is found as ssh finds it', () => {
  it.each(Object.entries(CASES))('%s', async (_what, { lines, host = 'shop', user }) => {
    write(lines);
    expect(await byUs({ host, user })).toEqual(await bySsh({ host, user }));
  });
});

const refusal = (said: RegExp, remedy: RegExp) => ({
  code: 'TUNNEL/OPTION_INVALID',
  message: expect.stringMatching(said) as unknown,
  remedy: expect.stringMatching(remedy) as unknown,
});

describe('Match exec', () => {
  const ran = (): string => home.join('ran');
  const exec = (): string => `Match exec "touch ${ran()}"`;

  it.each([
    ['HostName', 'elsewhere', /--ssh-host/],
    ['Port', '2', /--ssh-port/],
    ['User', 'bob', /--ssh-user/],
    ['ProxyJump', 'gate', /--ssh-jump/],
    ['ProxyCommand', 'nc %h %p', /--ssh-jump/],
    ['HostKeyAlias', 'bastion', /--ssh-host-key-alias/],
    ['IdentityFile', '/nowhere/id', /--ssh-key/],
  ])('is never run, and said by name where it decides on %s', async (keyword, value, remedy) => {
    write(['User dba', exec().replace('exec', 'Host shop EXEC'), `  ${keyword} ${value}`]);
    if (keyword === 'User') write([exec(), `  ${keyword} ${value}`]);
    const said = new RegExp(
      `"Match exec" in .*config, line \\d decides whether ${keyword} in .*, line \\d counts, and no program`,
    );
    await expect(settled({ host: 'shop' })).rejects.toMatchObject(refusal(said, remedy));
    expect(existsSync(ran())).toBe(false);
  });

  it.each([
    ['it decides on nothing that is taken', (): string[] => [exec(), '  ForwardAgent yes']],
    ['another line was there first', (): string[] => ['Port 22', exec(), '  Port 2']],
    [
      'its other criteria do not fit',
      (): string[] => [exec().replace('exec', 'host other exec'), '  HostName elsewhere'],
    ],
    ['it is of another host', (): string[] => ['Host other', 'Include matched']],
  ])('is passed over where %s', async (_what, lines) => {
    writeFileSync(home.join('.ssh', 'matched'), [exec(), '  HostName elsewhere'].join('\n'));
    write(lines());
    expect(await settled({ host: 'shop' })).toEqual({ host: 'shop', port: 22, config: 'none' });
    expect(existsSync(ran())).toBe(false);
  });

  it('leaves what a person says to that person', async () => {
    write([exec(), '  User bob', '  Port 2', '  IdentityFile /nowhere/id', '  ProxyJump gate']);
    const said = { host: 'shop', user: 'me', port: 22, agent: true, jump: 'mine' };
    // The jump host is looked up as well.
    await expect(settled(said)).rejects.toMatchObject(refusal(/Port in/, /--ssh-jump/));
    expect(await settled({ ...said, config: 'none' })).toMatchObject({ jump: 'mine' });
    write([exec().replace('exec', 'host shop exec'), '  User bob', '  Port 2', '  ProxyJump gate']);
    expect(await settled(said)).toMatchObject({ user: 'me', port: 22, jump: 'mine:22' });
  });

  it('makes what is compared with it as uncertain as itself', async () => {
    write([exec(), '  User bob', 'Match user bob', '  HostName elsewhere']);
    await expect(settled({ host: 'shop' })).rejects.toMatchObject(refusal(/"Match exec".*HostName/, /--ssh-host/));
    expect(await settled({ host: 'shop', user: 'alice' })).toMatchObject({ host: 'shop' });
  });
});

describe('what is not done here', () => {
  it.each([
    [['Match localnetwork 10.0.0.0/8', 'ProxyJump gate'], /"Match localnetwork" in .*ProxyJump/],
    [['Match tagged office', 'HostName elsewhere'], /"Match tagged" in .*HostName/],
    [['CanonicalizeHostname yes', 'CanonicalDomains shop.example'], /CanonicalDomains.*line 1/],
    [['CanonicalizePermittedCNAMEs *:*'], /another name of "shop".*line 1/],
    [['Host shop', 'RevokedHostKeys /etc/ssh/revoked'], /RevokedHostKeys in .*line 2/],
    [['Match host'], /which host in .*line 1/],
    [['Match'], /asks nothing in .*line 1/],
    [['Match host shop user bob all'], /"all" stands beside/],
    [['ProxyCommand nc %h %p', 'ProxyJump gate'], /ProxyCommand in .*line 1/],
    [['ProxyJump none', 'ProxyCommand nc %h %p'], /ProxyCommand in .*line 2/],
  ])('is said by name: %s', async (lines, said) => {
    write(lines);
    await expect(settled({ host: 'shop' })).rejects.toMatchObject(refusal(said, /--ssh-config none/));
  });

  it('is passed over where ssh would not do it either', async () => {
    write(['CanonicalizeHostname yes', 'CanonicalDomains shop.example', 'CanonicalizePermittedCNAMEs none']);
    expect(await settled({ host: '192.0.2.7' })).toMatchObject({ host: '192.0.2.7' });
    expect(await settled({ host: 'db.shop.example' })).toMatchObject({ host: 'db.shop.example' });
    write(['CanonicalizeHostname yes', 'CanonicalDomains shop.example', 'Host shop', 'ProxyJump gate.shop.example']);
    expect(await settled({ host: 'shop' })).toMatchObject({ host: 'shop', jump: 'gate.shop.example:22' });
  });
});

describe('the names in known_hosts', () => {
  it('are taken for each server of the way', async () => {
    write(['Host shop', '  HostKeyAlias db', '  ProxyJump gate,inner', 'Host gate', '  HostKeyAlias outer']);
    expect(await settled({ host: 'shop' })).toMatchObject({ hostKeyAlias: 'db', jumpHostKeyAliases: 'outer,' });
    const given = { hostKeyAlias: 'mine', jumpHostKeyAliases: ',second' };
    expect(await settled({ host: 'shop', ...given })).toMatchObject({
      hostKeyAlias: 'mine',
      jumpHostKeyAliases: 'outer,second',
    });
  });

  it('hold their place with those that lead to a named jump host', async () => {
    const [one, two] = ['A', 'B'].map((letter) => `SHA256:${letter.repeat(43)}`);
    write(['Host gate', '  ProxyJump outer']);
    const jump = { host: 'shop', jump: 'gate' };
    expect(await settled({ ...jump, jumpHostKeys: two })).toMatchObject({ jumpHostKeys: `,${two}` });
    expect(await settled({ ...jump, jumpHostKeys: `${one},${two}` })).toMatchObject({ jumpHostKeys: `${one},${two}` });
    expect(await settled({ ...jump, jumpHostKeys: `${one},` })).toMatchObject({ jumpHostKeys: `${one},` });
  });
});
