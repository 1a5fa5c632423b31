// A server that takes no password but asks for it, as one behind PAM does (keyboard-interactive).
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CliDesk } from '../../fakes/cli-desk.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { addArguments, sshPlace, works } from './rig.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let hidden: SshdServer;
let shown: SshdServer;
let desk: CliDesk;
beforeAll(async () => {
  [database, hidden, shown] = await Promise.all([
    newPostgresDatabase(),
    startSshd({ asks: 'hidden' }),
    startSshd({ asks: 'shown' }),
  ]);
});
afterAll(async () => {
  await Promise.all([database.drop(), hidden.stop(), shown.stop()]);
});
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

async function add(server: SshdServer, password: string): Promise<void> {
  const { port, user } = database.server;
  const way = [...sshPlace(server), '--ssh-host-key', server.hostKey(), '--ssh-config', 'none'];
  const args = addArguments({ connector: 'postgres', name: database.name, port, user }, way);
  await works(desk, [...args, '--ssh-password-stdin'], { stdin: password });
  await works(desk, ['connection', 'password', 'shop', '--password-stdin'], { stdin: database.server.password ?? '' });
}

it('is answered with the stored password', async () => {
  await add(hidden, hidden.password);
  expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({ tunnel: { hostKey: hidden.hostKey() } });
  expect(hidden.log()).toContain('Accepted keyboard-interactive/pam');
});

it('is not answered a second time when the password is wrong', async () => {
  await add(hidden, 'not the password');
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/AUTH_REFUSED', exit: 3 });
  expect(refused.said).toContain(`${hidden.user} at ${hidden.host}:${hidden.port}, with a password`);
  // The server writes it down after it has answered.
  const failed = () => hidden.log().match(/PAM: Authentication failure/g)?.length ?? 0;
  await waitUntil(() => Promise.resolve(failed() > 0), AbortSignal.timeout(5000));
  expect(failed()).toBe(1);
});

it('is told when it asks for anything but a hidden password', async () => {
  await add(shown, shown.password);
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/AUTH_REFUSED', exit: 3 });
  expect(refused.said).toContain('Password');
  expect(refused.said).toContain('Only the password is answered, where it is not shown.');
  expect(shown.log()).not.toContain('Accepted');
});
