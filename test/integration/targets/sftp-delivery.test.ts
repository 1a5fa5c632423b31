import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { removeTarget } from '../../../src-main/app/change-targets.ts';
import { openTarget } from '../../../src-main/app/targets.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import {
  addPartner,
  deliver,
  deliveriesOf,
  digestsBelow,
  filesBelow,
  newHome,
  password,
  writePackage,
  type Home,
} from './rig.ts';

const MIB = 1024 * 1024;

describe('delivery to an OpenSSH server', () => {
  let server: SshdServer;
  let home: Home;
  let counter = 0;
  let name = '';
  const options = (more: Record<string, unknown> = {}) => ({
    ...{ host: server.host, port: server.port, user: server.user },
    ...more,
  });
  const pinned = () => ({
    ...{ type: 'sftp', options: options({ hostKey: server.hostKey() }) },
    secrets: password(server.password),
  });
  const login = () => openTarget(home.core, 'partner', new AbortController().signal);
  beforeAll(async () => {
    server = await startSshd();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    counter += 1;
    name = `sample-${counter}`;
    home = await newHome();
  });
  afterEach(() => home[Symbol.dispose]());

  it('brings 30 MiB there byte for byte, for its owner alone, and writes it down', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, 30 * MIB, { name });
    const order: string[] = [];
    const result = await deliver(home, {
      folder,
      onEvent: ({ type, path }) => void (type === 'finished' && order.push(path)),
    });
    expect(result).toMatchObject({ already: false, target: 'partner', hostKey: server.hostKey(), package: folder });
    expect(result.uri).toBe(`sftp://courier@127.0.0.1:${server.port}/~/${name}`);
    const remote = join(server.homeFolder, name);
    expect(digestsBelow(remote)).toEqual(digestsBelow(folder));
    expect(Object.fromEntries(result.files.map((file) => [file.path, file.sha256]))).toEqual(digestsBelow(folder));
    expect(new Set(Object.values(filesBelow(remote)).map((file) => file.mode))).toEqual(new Set([0o600]));
    expect(order.at(-1)).toBe('datapackage.json');
    const [started, sent] = deliveriesOf(home);
    expect(started).toMatchObject({ type: 'delivery.started', data: { target: 'partner' } });
    expect(sent).toMatchObject({
      type: 'delivery.sent',
      data: { outcome: 'success', destination: { kind: 'sftp', uri: result.uri, hostKey: server.hostKey() } },
    });
  });

  it('finds the same package there and sends nothing', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, MIB, { name });
    await deliver(home, { folder });
    const types: string[] = [];
    const again = await deliver(home, { folder, onEvent: ({ type }) => void types.push(type) });
    expect(again.already).toBe(true);
    expect(new Set(types)).toEqual(new Set(['comparing']));
    expect(deliveriesOf(home).at(-1)?.type).toBe('delivery.confirmed');
  });

  it('touches nothing when another package has the name', async () => {
    await addPartner(home, pinned());
    await deliver(home, { folder: writePackage(home, MIB, { name }) });
    const before = digestsBelow(join(server.homeFolder, name));
    const other = writePackage(home, MIB, { name });
    await expect(deliver(home, { folder: other })).rejects.toMatchObject({ code: 'TARGET/EXISTS' });
    expect(digestsBelow(join(server.homeFolder, name))).toEqual(before);
    expect(deliveriesOf(home).at(-1)).toMatchObject({ type: 'delivery.failed', data: { error: 'TARGET/EXISTS' } });
  });

  it('is cut in the middle, says so, and goes on when repeated', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, 30 * MIB, { name });
    const cuts: Promise<void>[] = [];
    const delivery = deliver(home, {
      folder,
      onEvent: ({ type, path, doneBytes }) => {
        const isMidway = type === 'sending' && path.startsWith('data/') && doneBytes > 2 * MIB;
        if (isMidway && cuts.length === 0) cuts.push(server.interrupt());
      },
    });
    await expect(delivery).rejects.toMatchObject({ code: 'TARGET/CONNECTION_LOST' });
    await Promise.all(cuts);
    expect(deliveriesOf(home).at(-1)).toMatchObject({
      type: 'delivery.failed',
      data: { error: 'TARGET/CONNECTION_LOST' },
    });
    const remote = join(server.homeFolder, name);
    expect(existsSync(join(remote, 'data/customers.csv'))).toBe(false);
    expect(existsSync(join(remote, 'datapackage.json'))).toBe(false);
    await server.restart();
    const sent: string[] = [];
    await deliver(home, { folder, onEvent: ({ type, path }) => void (type === 'sending' && sent.push(path)) });
    expect(sent).toContain('data/customers.csv');
    expect(digestsBelow(remote)).toEqual(digestsBelow(folder));
  });

  it('keeps what arrived whole before the cut', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, MIB, { name });
    const controller = new AbortController();
    const first = deliver(home, {
      folder,
      signal: controller.signal,
      onEvent: ({ type, path }) => void (type === 'finished' && path === 'data/customers.csv' && controller.abort()),
    });
    await expect(first).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    const sent: string[] = [];
    await deliver(home, { folder, onEvent: ({ type, path }) => void (type === 'sending' && sent.push(path)) });
    expect(sent).not.toContain('data/customers.csv');
    expect(sent).toContain('datapackage.json');
  });

  it('ends within a second when cancelled in the middle', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, 30 * MIB, { name });
    const controller = new AbortController();
    let at = 0;
    const delivery = deliver(home, {
      folder,
      signal: controller.signal,
      onEvent: ({ type, doneBytes }) => {
        if (type !== 'sending' || doneBytes < MIB || at > 0) return;
        at = performance.now();
        controller.abort();
      },
    });
    await expect(delivery).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - at).toBeLessThan(1000);
    expect(deliveriesOf(home).at(-1)).toMatchObject({ type: 'delivery.failed', data: { error: 'RUN/CANCELLED' } });
  });

  it('notices a byte that changed on the way', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, MIB, { name });
    const part = join(server.homeFolder, name, 'data/customers.csv.part');
    const flip = (): void => {
      const bytes = readFileSync(part);
      bytes[1000] = (bytes[1000] ?? 0) ^ 1;
      writeFileSync(part, bytes);
    };
    const delivery = deliver(home, {
      folder,
      onEvent: ({ type, path }) => void (type === 'checking' && path === 'data/customers.csv' && flip()),
    });
    await expect(delivery).rejects.toMatchObject({ code: 'TARGET/DIGEST_MISMATCH' });
    expect(readdirSync(join(server.homeFolder, name, 'data'))).toEqual([]);
    await deliver(home, { folder });
    expect(digestsBelow(join(server.homeFolder, name))).toEqual(digestsBelow(folder));
  });

  it('sends nothing of a package that is broken or lacks tables', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, MIB, { name });
    appendFileSync(join(folder, 'data/customers.csv'), 'x');
    await expect(deliver(home, { folder })).rejects.toMatchObject({ code: 'PACKAGE/BROKEN' });
    // A home without a ledger gets none for that; with one, the attempt is in it.
    expect(readdirSync(home.core.home.ledgerFolder)).toEqual([]);
    await home.core.ledger();
    await expect(deliver(home, { folder })).rejects.toMatchObject({ code: 'PACKAGE/BROKEN' });
    expect(deliveriesOf(home)).toMatchObject([
      {
        type: 'delivery.failed',
        data: {
          outcome: 'denied',
          error: 'PACKAGE/BROKEN',
          target: 'partner',
          package: name,
          destination: { uri: null },
        },
      },
    ]);
    const lacking = writePackage(home, 1000, { name: `${name}.incomplete` });
    await expect(deliver(home, { folder: lacking })).rejects.toMatchObject({ code: 'PACKAGE/INCOMPLETE' });
    expect(readdirSync(server.homeFolder).filter((entry) => entry.startsWith(name))).toEqual([]);
    expect(deliveriesOf(home).at(-1)?.data).toMatchObject({ outcome: 'denied', error: 'PACKAGE/INCOMPLETE' });
    await deliver(home, { folder: lacking, incomplete: true });
    expect(digestsBelow(join(server.homeFolder, `${name}.incomplete`))).toEqual(digestsBelow(lacking));
  });

  it('says when the server gives no right to write', async () => {
    mkdirSync(join(server.homeFolder, 'closed'), { mode: 0o555 });
    await addPartner(home, { ...pinned(), options: { ...pinned().options, path: 'closed' } });
    await expect(deliver(home, { folder: writePackage(home, 10, { name }) })).rejects.toMatchObject({
      code: 'TARGET/PERMISSION_DENIED',
    });
    expect(deliveriesOf(home).at(-1)).toMatchObject({
      type: 'delivery.failed',
      data: { outcome: 'denied', error: 'TARGET/PERMISSION_DENIED' },
    });
  });

  it('logs in with a key, and with a key under a passphrase', async () => {
    await addPartner(home, { type: 'sftp', options: options({ hostKey: server.hostKey(), key: server.keyFile }) });
    await (await login())[Symbol.asyncDispose]();
    await removeTarget(home.core, 'partner');
    const locked = options({ hostKey: server.hostKey(), key: server.lockedKeyFile });
    const secrets = { password: null, passphrase: new SecretText(server.passphrase) };
    await addPartner(home, { type: 'sftp', options: locked, secrets });
    await (await login())[Symbol.asyncDispose]();
  });

  it.each([
    ['a wrong password', () => ({ secrets: password('wrong') })],
    ['a stranger’s key', () => ({ options: options({ hostKey: server.hostKey(), key: server.strangerKeyFile }) })],
    [
      'a locked key without its passphrase',
      () => ({ options: options({ hostKey: server.hostKey(), key: server.lockedKeyFile }) }),
    ],
  ])('is refused with %s', async (_, how: () => object) => {
    await addPartner(home, { type: 'sftp', options: options({ hostKey: server.hostKey() }), ...how() });
    await expect(login()).rejects.toMatchObject({ code: 'TARGET/AUTH_REFUSED' });
  });

  it('does not save a server that nobody knows, and sends it no password', async () => {
    const before = server.log().length;
    const adding = addPartner(home, { ...pinned(), options: options() });
    await expect(adding).rejects.toMatchObject({
      code: 'TARGET/HOST_KEY_UNKNOWN',
      context: { hostKey: server.hostKey() },
    });
    expect(await home.core.records.targets.read()).toEqual({});
    expect(server.log().slice(before)).not.toMatch(/password/i);
  });

  it('pins the key that a person confirms, or that known_hosts holds', async () => {
    using asking = await newHome(async (question) => question.includes(server.hostKey()));
    await addPartner(asking, { ...pinned(), options: options() });
    expect((await asking.core.records.targets.read())['partner']?.options['hostKey']).toBe(server.hostKey());
    using refusing = await newHome(async () => false);
    const adding = addPartner(refusing, { ...pinned(), options: options() });
    await expect(adding).rejects.toMatchObject({ code: 'TARGET/HOST_KEY_UNKNOWN' });
    await addPartner(home, { ...pinned(), options: options({ knownHosts: server.knownHostsFile }) });
    expect((await home.core.records.targets.read())['partner']?.options['hostKey']).toBe(server.hostKey());
  });

  it('stops fully when the host key changed, and names both', async () => {
    await addPartner(home, pinned());
    const folder = writePackage(home, 10, { name });
    const before = server.hostKey();
    const after = await server.changeHostKey();
    await expect(deliver(home, { folder })).rejects.toMatchObject({
      code: 'TARGET/HOST_KEY_CHANGED',
      context: { hostKey: after, expected: before },
    });
    using other = await newHome();
    const byFile = addPartner(other, { ...pinned(), options: options({ knownHosts: server.knownHostsFile }) });
    await expect(byFile).rejects.toMatchObject({ code: 'TARGET/HOST_KEY_CHANGED' });
    expect(deliveriesOf(home).at(-1)).toMatchObject({
      type: 'delivery.failed',
      data: { error: 'TARGET/HOST_KEY_CHANGED' },
    });
    await server.changeHostKey();
  });

  it('says that nobody listens', async () => {
    await addPartner(home, pinned());
    await server.interrupt();
    await expect(login()).rejects.toMatchObject({ code: 'TARGET/UNREACHABLE' });
    await server.restart();
  });
});

it('gives up within a second on a peer that never speaks, when cancelled', async () => {
  using home = await newHome();
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  const hostKey = `SHA256:${'A'.repeat(43)}`;
  await addPartner(home, { type: 'sftp', options: { host: '127.0.0.1', port, user: 'x', hostKey } });
  const controller = new AbortController();
  const opening = openTarget(home.core, 'partner', controller.signal);
  silent.once('connection', () => controller.abort());
  const before = performance.now();
  await expect(opening).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
  expect(performance.now() - before).toBeLessThan(1000);
  silent.close();
});
