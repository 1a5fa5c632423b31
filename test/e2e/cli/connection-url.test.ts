import { afterEach, beforeEach, expect, it } from 'vitest';
import { CliDesk } from '../../fakes/cli-desk.ts';

let desk: CliDesk;
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

const add = (url: string, ...more: string[]) => ['connection', 'add', 'shop', '--url', url, ...more];
const PASSWORD = { stdin: 'pw' };

it.each([
  [
    'sqlserver://app@db.example:1444/shop?encrypt=strict',
    { connector: 'sqlserver', options: { host: 'db.example', port: 1444, database: 'shop', user: 'app', tds: '8.0' } },
  ],
  [
    'jdbc:oracle:thin:app@//db.example:1522/shop',
    { connector: 'oracle', options: { host: 'db.example', port: 1522, service: 'shop', user: 'app' } },
  ],
  [
    'jdbc:postgresql://db.example/shop?user=app',
    { connector: 'postgres', options: { host: 'db.example', database: 'shop', user: 'app' } },
  ],
])('saves what %s says', async (url, wanted) => {
  await desk.json([...add(url), '--password-stdin'], PASSWORD);
  const { connections } = await desk.json<{ connections: unknown[] }>(['connection', 'list']);
  expect(connections).toContainEqual(
    expect.objectContaining({ ...wanted, options: expect.objectContaining(wanted.options) as unknown }),
  );
});

it('puts flags before the URL, and says what of it means nothing', async () => {
  const shown = await desk.run(
    add('postgres://app@db/shop?application_name=x', '--user', 'other', '--password-stdin'),
    PASSWORD,
  );
  expect(shown).toMatchObject({ code: 0 });
  expect(shown.stdout).toContain('application_name');
  expect((await desk.run(['connection', 'list'])).stdout).toContain('other');
});

it('takes no password in the URL, and does not tell it', async () => {
  const refused = await desk.refused(add('postgres://app:hunter2@db/shop'));
  expect(refused).toMatchObject({ code: 'CLI/USAGE', exit: 2 });
  expect(refused.said).toContain('--password-stdin');
  expect(refused.said).not.toContain('hunter2');
});

it('refuses another connector than that of the URL, and what is no URL', async () => {
  expect(await desk.refused(add('postgres://app@db/shop', '--connector', 'mysql'))).toMatchObject({ exit: 2 });
  expect(await desk.refused(add('db.example'))).toMatchObject({ code: 'CONNECTION/URL_UNREADABLE', exit: 2 });
});
