import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryJob } from '../../../src-shared/contract/targets.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { follow, newTestHome, reviewed, type TestDesk, type TestHome } from './runs-rig.ts';

const PLAN = `waybill: 1
name: sample
purpose: test
connection: sample
tables: [{ table: main.customers, masks: { email: { mask: redact } } }, { table: main.orders }]
format: { type: csv }
`;

describe('targets and deliveries on the desk', { timeout: 90_000 }, () => {
  let server: SshdServer;
  let home: TestHome;
  let one: TestDesk;
  beforeAll(async () => {
    server = await startSshd();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
  });
  afterEach(() => home[Symbol.asyncDispose]());

  const given = (options: Record<string, unknown> = {}) => ({
    ...{ name: 'partner', type: 'sftp', password: server.password, passphrase: null },
    options: { host: server.host, port: server.port, user: server.user, ...options },
  });
  const addFolder = async (): Promise<string> => {
    const path = home.folder.join('inbox');
    mkdirSync(path);
    await one.core.targets.add({ name: 'share', type: 'folder', options: { path }, password: null, passphrase: null });
    return path;
  };
  const runSample = async (): Promise<string> => {
    const { run } = await one.core.runs.start(await reviewed(one.core, home.plan(PLAN)));
    return (await follow(one, run)).detail.package ?? '';
  };
  const send = async (wish: { package: string; target: string; path?: string }): Promise<readonly DeliveryJob[]> => {
    const { id } = await one.core.deliveries.send({ path: '', incomplete: false, ...wish });
    const told: DeliveryJob[] = [];
    for await (const state of await one.core.deliveries.watch({ id })) told.push(state);
    return told;
  };

  it('asks a person to compare the host key, sends no secret before, and saves the target with it', async () => {
    const logBefore = server.log().length;
    await expect(one.core.targets.add(given())).rejects.toMatchObject({
      data: { code: 'TARGET/HOST_KEY_UNKNOWN', context: { hostKey: server.hostKey() } },
    });
    expect(server.log().slice(logBefore)).not.toMatch(/Accepted password|Failed password/);
    expect(await one.core.targets.list()).toEqual([]);

    const added = await one.core.targets.add(given({ hostKey: server.hostKey() }));
    expect(added).toMatchObject({ name: 'partner', hostKey: server.hostKey(), secrets: ['password'] });
    expect(added.place).toBe(`${server.user}@${server.host}:${server.port}`);
    expect(JSON.stringify(await one.core.targets.list())).not.toContain(server.password);
    expect(await one.core.targets.test({ name: 'partner' })).toMatchObject({ hostKey: server.hostKey(), left: null });
    expect(await one.core.targets.remove({ name: 'partner' })).toEqual({ secretsRemoved: 1 });
    expect(await one.core.targets.list()).toEqual([]);
  });

  it('logs in before a target is saved, unless it is to be saved untried', async () => {
    const wrong = { ...given({ hostKey: server.hostKey() }), password: 'not the password' };
    await expect(one.core.targets.add(wrong)).rejects.toMatchObject({ data: { code: 'TARGET/AUTH_REFUSED' } });
    expect(await one.core.targets.list()).toEqual([]);
    await one.core.targets.add({ ...wrong, untried: true });
    expect((await one.core.targets.list()).map(({ name }) => name)).toEqual(['partner']);
    // The right password is stored later on; what is not given stays.
    const { password } = server;
    const changed = await one.core.targets.changeSecrets({ name: 'partner', password, passphrase: null });
    expect(changed.secrets).toEqual(['password']);
    expect(await one.core.targets.test({ name: 'partner' })).toMatchObject({ hostKey: server.hostKey() });
  });

  it('stops at a changed host key and names both', async () => {
    const pinned = server.hostKey();
    await one.core.targets.add(given({ hostKey: pinned }));
    const shown = await server.changeHostKey();
    await expect(one.core.targets.test({ name: 'partner' })).rejects.toMatchObject({
      data: { code: 'TARGET/HOST_KEY_CHANGED', context: { hostKey: shown, expected: pinned } },
    });
    await server.changeHostKey();
  });

  it('delivers a package to the server, tells how far it is, and the second time that it is there', async () => {
    await one.core.targets.add(given({ hostKey: server.hostKey() }));
    const folder = await runSample();
    const told = await send({ package: folder, target: 'partner', path: 'incoming/' });
    expect(told[0]).toMatchObject({ state: 'pending', step: { doing: 'verifying' } });
    expect(told.at(-1)).toMatchObject({
      ...{ state: 'sent', target: 'partner', path: 'incoming', step: null, error: null },
      uri: expect.stringContaining(`/incoming/${basename(folder)}`) as string,
    });
    expect(told.at(-1)?.ledgerSeq).toBeGreaterThan(0);
    expect(existsSync(join(server.homeFolder, 'incoming', basename(folder), 'datapackage.json'))).toBe(true);
    expect((await send({ package: folder, target: 'partner', path: 'incoming' })).at(-1)?.state).toBe('confirmed');
    expect(await one.core.deliveries.list()).toMatchObject([{ state: 'confirmed' }, { state: 'sent' }]);
  });

  it('delivers nothing of a package that was touched, and says what it found', async () => {
    const inbox = await addFolder();
    const folder = await runSample();
    const file = join(folder, 'data', readdirSync(join(folder, 'data'))[0] ?? '');
    writeFileSync(file, `${readFileSync(file, 'utf8')}x`);
    expect((await send({ package: folder, target: 'share' })).at(-1)).toMatchObject({
      ...{ state: 'failed', uri: null },
      error: { code: 'PACKAGE/BROKEN', message: expect.stringContaining('FILE_MISMATCH') as string },
    });
    expect(readdirSync(inbox)).toEqual([]);
  });

  it('ends a delivery that is cancelled, which goes on from there the next time', async () => {
    await addFolder();
    const folder = await runSample();
    const { id } = await one.core.deliveries.send({ package: folder, target: 'share', path: '', incomplete: false });
    await one.core.deliveries.cancel({ id });
    let last: DeliveryJob | undefined;
    for await (const state of await one.core.deliveries.watch({ id })) last = state;
    expect(last).toMatchObject({ state: 'failed', error: { code: 'RUN/CANCELLED' } });
    expect((await send({ package: folder, target: 'share' })).at(-1)?.state).toBe('sent');
  });

  it('refuses folders that lead out of the target, and targets that are not there', async () => {
    await addFolder();
    const folder = await runSample();
    await expect(send({ package: folder, target: 'share', path: '../elsewhere' })).rejects.toMatchObject({
      data: { code: 'TARGET/OPTION_INVALID' },
    });
    await expect(send({ package: folder, target: 'shared' })).rejects.toMatchObject({
      data: { code: 'TARGET/ABSENT', remedy: 'Did you mean share?' },
    });
  });

  it('is under way for whoever would put the machine to sleep, until it has ended', async () => {
    await addFolder();
    const folder = await runSample();
    const before = one.desk.changes.revision;
    const { id } = await one.core.deliveries.send({ package: folder, target: 'share', path: '', incomplete: false });
    expect([one.desk.runs.alive, one.desk.deliveries.alive]).toEqual([0, 1]);
    for await (const _state of await one.core.deliveries.watch({ id }));
    expect(one.desk.deliveries.alive).toBe(0);
    // Told at its beginning and at its end.
    expect(one.desk.changes.revision).toBeGreaterThanOrEqual(before + 2);
  });

  it('tells the deliveries of a run with the run', async () => {
    const inbox = await addFolder();
    const plan = `${PLAN}deliver: [{ target: share, path: crm }]\n`;
    const { run } = await one.core.runs.start(await reviewed(one.core, home.plan(plan)));
    const { updates, detail } = await follow(one, run);
    expect(updates[0]?.deliveries).toMatchObject([{ target: 'share', path: 'crm', state: 'pending' }]);
    expect(detail.deliveries).toMatchObject([{ state: 'sent', uri: expect.stringContaining(inbox) as string }]);
    expect(detail.events.map(({ what }) => what.kind).slice(-3)).toEqual(['delivering', 'delivered', 'ended']);
  });
});
