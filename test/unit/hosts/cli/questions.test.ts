import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliDesk, CTRL_C, CTRL_D, DESK_PASSPHRASE } from '../../../fakes/cli-desk.ts';

const SECRET = 'hunter2-c4n4ry';
const ADD = [
  'connection',
  'add',
  'shop',
  '--connector',
  'postgres',
  '--host',
  'db.invalid',
  '--database',
  'd',
  '--user',
  'u',
];

let desk: CliDesk;
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

describe('a question at a terminal', { timeout: 120_000 }, () => {
  it('ends with a colon and a blank, and never shows a secret', async () => {
    const { code, stdout, stderr } = await desk.run(ADD, { typed: [['Password', `${SECRET}\r`]] });
    expect([code, stderr]).toEqual([0, 'Password (empty for none): \n']);
    expect(stdout).not.toContain(SECRET);
  });

  it('names the secret of a wallet, and so does what is said of it', async () => {
    const address = ['--host', 'db.invalid', '--service', 'd', '--user', 'u', '--wallet', '/wallets/d'];
    const typed = [
      ['Password (empty', '\r'],
      ['Password of the wallet (empty for none): ', `${SECRET}\r`],
    ] as const;
    const { code, stdout } = await desk.run(['connection', 'add', 'shop', '--connector', 'oracle', ...address], {
      typed,
      columns: 200,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Its password of the wallet is in: ');
    const again = await desk.run(['connection', 'password', 'shop', '--key-passphrase-stdin'], { stdin: SECRET });
    expect(again.stdout).toContain('The password of the wallet of shop is stored in: ');
  });

  it('is left by Ctrl+C, without a word, exit 130', async () => {
    const { code, stdout, stderr } = await desk.run(ADD, { typed: [['Password', `half${CTRL_C}`]] });
    expect([code, stdout, stderr]).toEqual([130, '', 'Password (empty for none): \n']);
    expect(await desk.json(['connection', 'list'])).not.toMatchObject({ connections: [{ name: 'shop' }] });
  });

  it('says that the input ended when it did', async () => {
    const { code, stderr } = await desk.run(ADD, { typed: [['Password', CTRL_D]] });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/\nCLI\/USAGE: The input ended before .*\n→ \S/)]);
  });

  it('is asked again for a wrong passphrase, and says why', async () => {
    await desk.json(['key', 'add', 'client-a']);
    const env = { WAYBILL_PASSPHRASE: undefined };
    const typed = [
      [/Passphrase of the vault: $/, 'wrong one\r'],
      [/Passphrase of the vault \(the one before was wrong\): $/, `${DESK_PASSPHRASE}\r`],
    ] as const;
    expect((await desk.run(['key', 'add', 'client-b'], { env, typed })).code).toBe(0);
  });
});

describe('a passphrase file', { timeout: 120_000 }, () => {
  const status = (file: string) =>
    desk.refused(['vault', 'status', '--passphrase-file', file], { env: { WAYBILL_PASSPHRASE: undefined } });

  it('is named when it is absent, empty, a folder or may not be read', async () => {
    expect(await status('none.txt')).toMatchObject({ code: 'SPOOL/ABSENT', exit: 4 });
    expect((await status('none.txt')).said).toContain(desk.path('none.txt'));
    const empty = desk.write('empty.txt', '\n');
    const said = await status('empty.txt');
    expect([said.code, said.exit, said.said]).toEqual(['CLI/USAGE', 2, expect.stringContaining(empty)]);
    mkdirSync(desk.path('folder'));
    expect(await status('folder')).toMatchObject({ code: 'SPOOL/READ_FAILED', exit: 7 });
    const locked = desk.write('locked.txt', DESK_PASSPHRASE);
    chmodSync(locked, 0o000);
    if (process.getuid?.() !== 0) expect(await status('locked.txt')).toMatchObject({ code: 'SPOOL/READ_DENIED' });
  });

  it('is named when it does not open the vault', async () => {
    await desk.json(['key', 'add', 'client-a']);
    const wrong = desk.write('wrong.txt', 'not the one\n');
    const args = ['key', 'add', 'client-b', '--passphrase-file', wrong];
    const { code, exit, said } = await desk.refused(args, { env: { WAYBILL_PASSPHRASE: undefined } });
    expect([code, exit, said]).toEqual(['VAULT/PASSPHRASE_WRONG', 3, expect.stringContaining(wrong)]);
    const variable = await desk.refused(['key', 'add', 'client-b'], { env: { WAYBILL_PASSPHRASE: 'not the one' } });
    expect(variable.said).toContain('WAYBILL_PASSPHRASE');
  });
});

describe('a production connection', { timeout: 120_000 }, () => {
  const RUN = ['run', 'plan.yaml', '--out', 'out'];

  beforeEach(async () => {
    await desk.json(['connection', 'list']);
    const file = `${desk.home}/sample/shop.db`;
    await desk.json(['connection', 'add', 'live', '--connector', 'sqlite', '--file', file, '--production']);
    const head = 'waybill: 1\nname: live\npurpose: test\nconnection: live\nformat: { type: csv }\n';
    desk.write('plan.yaml', `${head}tables: [{ table: main.customers, columns: [id] }]\n`);
  });

  it('is typed by name at a terminal', async () => {
    const typed = [['Type its name to go on: ', 'live\r']] as const;
    const { code, stdout } = await desk.run(RUN, { typed });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Complete: /)]);
  });

  it('is not read when another name is typed, or none', async () => {
    for (const [keys, exit] of [
      ['sample\r', 3],
      ['\r', 3],
      [CTRL_C, 130],
    ] as const) {
      const typed = [['Type its name to go on: ', keys]] as const;
      expect((await desk.run(RUN, { typed })).code).toBe(exit);
    }
    expect(existsSync(desk.path('out'))).toBe(false);
  });

  it('needs --confirm where nobody can type', async () => {
    expect(await desk.refused(RUN)).toMatchObject({ code: 'CONNECTION/NOT_CONFIRMED', exit: 3 });
    expect((await desk.run([...RUN, '--confirm', 'live'])).code).toBe(0);
  });
});
