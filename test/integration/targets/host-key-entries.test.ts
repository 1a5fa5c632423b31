import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { probeTargets } from '../../../src-main/app/deliver-run.ts';
import { testTarget } from '../../../src-main/app/targets.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { addPartner, deliver, entriesOf, newHome, password, writePackage, type Home } from './rig.ts';

describe('host keys in the ledger', { timeout: 60_000 }, () => {
  let server: SshdServer;
  let home: Home;
  beforeAll(async () => {
    server = await startSshd();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    home = await newHome(() => Promise.resolve(true));
  });
  afterEach(() => home[Symbol.dispose]());

  const { signal } = new AbortController();
  const where = () => ({ host: server.host, port: server.port, user: server.user });
  const add = (more: Record<string, unknown>) =>
    addPartner(home, { type: 'sftp', options: { ...where(), ...more }, secrets: password(server.password) });
  const keys = () => entriesOf(home).filter(({ type }) => type.startsWith('hostkey.'));
  const accepted = (acceptedBy: string) => ({
    type: 'hostkey.accepted',
    data: {
      ...{ outcome: 'success', target: 'partner', acceptedBy },
      destination: { kind: 'sftp', hostKey: server.hostKey() },
    },
  });

  it('are accepted by a flag, a known_hosts file, or a person, and the ledger says by which', async () => {
    await home.core.ledger();
    await add({ hostKey: server.hostKey() });
    expect(keys()).toMatchObject([accepted('option')]);
    await home.core.records.targets.update(() => ({}));
    await add({ knownHosts: server.knownHostsFile });
    expect(keys().at(-1)).toMatchObject(accepted('known_hosts'));
    await home.core.records.targets.update(() => ({}));
    await add({});
    expect(keys().at(-1)).toMatchObject(accepted('person'));
    await testTarget(home.core, 'partner', signal);
    expect(keys()).toHaveLength(3);
  });

  it('are told before the first delivery when the target was added before there was a ledger, and once', async () => {
    await add({});
    await testTarget(home.core, 'partner', signal);
    const folder = writePackage(home, 1000);
    await deliver(home, { folder });
    await deliver(home, { folder });
    expect(entriesOf(home).map(({ type }) => type)).toEqual([
      'ledger.created',
      'hostkey.accepted',
      'delivery.started',
      'delivery.sent',
      'delivery.started',
      'delivery.confirmed',
    ]);
    expect(keys()).toMatchObject([accepted('person')]);
  });

  it('that changed are told by a test, by a delivery and by the look before a run', async () => {
    await home.core.ledger();
    const before = server.hostKey();
    await add({ hostKey: before });
    const after = await server.changeHostKey();
    const changed = { code: 'TARGET/HOST_KEY_CHANGED' };
    await expect(testTarget(home.core, 'partner', signal)).rejects.toMatchObject(changed);
    await expect(probeTargets(home.core, ['partner'], signal)).rejects.toMatchObject(changed);
    await expect(deliver(home, { folder: writePackage(home, 1000) })).rejects.toMatchObject(changed);
    const entry = {
      type: 'hostkey.changed',
      data: {
        ...{ outcome: 'denied', target: 'partner', destination: { kind: 'sftp', hostKey: before } },
        shown: { host: `${server.host}:${server.port}`, hostKey: after },
      },
    };
    expect(keys().slice(1)).toMatchObject([entry, entry, entry]);
    expect(entriesOf(home).at(-1)).toMatchObject({ type: 'delivery.failed', data: { error: changed.code } });
  });
});
