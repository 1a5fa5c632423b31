import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportResult } from '../../../src-main/app/export-result.ts';
import { readRun } from '../../../src-main/app/run-records.ts';
import { addTarget } from '../../../src-main/app/change-targets.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { addPartner, digestsBelow, filesBelow, newHome, NO_SECRETS, password, type Home } from '../targets/rig.ts';
import { eventsOf, outOf, runSample, samplePlan } from './rig.ts';

describe('deliver in a plan', () => {
  let home: Home;
  let inbox: string;
  let archive: string;
  beforeEach(async () => {
    home = await newHome();
    inbox = await target('partner');
    archive = await target('archive');
  });
  afterEach(() => home[Symbol.dispose]());

  async function target(name: string): Promise<string> {
    const path = home.folder.join(name);
    mkdirSync(path);
    const signal = new AbortController().signal;
    await addTarget(home.core, {
      name,
      type: 'folder',
      options: { path },
      secrets: NO_SECRETS,
      store: undefined,
      signal,
    });
    return path;
  }

  const TWO = 'deliver:\n  - { target: partner, path: incoming/crm/ }\n  - { target: archive }\n';
  const nameOf = (result: ExportResult): string => basename(result.package ?? '');
  const typesOf = (): string[] => eventsOf(home).map(({ type }) => type);

  it('sends the sealed package to each target, below its path, and says so in record, result and ledger', async () => {
    const seen = new Set<string>();
    const result = await runSample(home, samplePlan(TWO), { onDelivery: ({ type }) => seen.add(type) });
    const name = nameOf(result);
    expect(digestsBelow(join(inbox, 'incoming/crm', name))).toEqual(digestsBelow(result.package ?? ''));
    expect(digestsBelow(join(archive, name))).toEqual(digestsBelow(result.package ?? ''));
    const deliveries = [
      { target: 'partner', path: 'incoming/crm/', state: 'sent', uri: `file://${inbox}/incoming/crm/${name}` },
      { target: 'archive', path: '', state: 'sent', uri: `file://${archive}/${name}` },
    ];
    expect(result).toMatchObject({ state: 'succeeded', deliveries });
    const volume = { files: 8, bytes: expect.any(Number), elapsedMs: expect.any(Number) };
    expect((await readRun(home.core, result.run)).deliveries).toEqual(
      deliveries.map((delivery) => ({ ...delivery, volume })),
    );
    expect(typesOf().slice(-5)).toEqual([
      'export.completed',
      ...['delivery.started', 'delivery.sent'],
      ...['delivery.started', 'delivery.sent'],
    ]);
    expect(eventsOf(home).at(-3)).toMatchObject({
      data: { correlation: result.run, target: 'partner', destination: { uri: deliveries[0]?.uri } },
    });
    expect([...seen]).toEqual(['sending', 'checking', 'finished']);
  });

  it('leaves what it delivers to its owner alone, whatever the mode of the package', async () => {
    const result = await runSample(home, samplePlan(`package: { mode: 0644 }\n${TWO}`));
    expect(new Set(Object.values(filesBelow(archive)).map(({ mode }) => mode))).toEqual(new Set([0o600]));
    expect(statSync(result.package ?? '').mode & 0o777).toBe(0o755);
  });

  it('finds an unknown target with line and column before the run', async () => {
    await expect(runSample(home, samplePlan('deliver: [{ target: partnr }]\n'))).rejects.toMatchObject({
      code: 'TARGET/ABSENT',
      message: expect.stringContaining('partnr. (line 7, column 21)') as string,
      remedy: 'Did you mean partner?',
    });
    expect(typesOf()).not.toContain('export.started');
  });

  it('opens every target before the first row is read', async () => {
    rmSync(archive, { recursive: true });
    await expect(runSample(home, samplePlan(TWO))).rejects.toMatchObject({ code: 'TARGET/ABSENT' });
    expect(typesOf()).not.toContain('export.started');
    expect(readdirSync(outOf(home))).toEqual([]);
  });

  it('tells a delivery that failed and goes on with the next; the package stays whole and the export succeeded', async () => {
    writeFileSync(join(inbox, 'incoming'), 'a file where the folder should be');
    const result = await runSample(home, samplePlan(TWO));
    expect(result.state).toBe('succeeded');
    expect(result.error).toBeUndefined();
    expect(result.deliveries).toMatchObject([
      { target: 'partner', state: 'failed', error: { code: expect.stringMatching(/^TARGET\//) as string } },
      { target: 'archive', state: 'sent' },
    ]);
    expect(digestsBelow(join(archive, nameOf(result)))).toEqual(digestsBelow(result.package ?? ''));
    expect(typesOf().slice(-4)).toEqual(['delivery.started', 'delivery.failed', 'delivery.started', 'delivery.sent']);
    expect(readFileSync(join(inbox, 'incoming'), 'utf8')).toBe('a file where the folder should be');
  });

  it('does not send a package that lacks a table', async () => {
    const bad = `[{ table: main.customers }, { query: "select abs(-9223372036854775808) as n", name: bad, columns: { n: { unmasked: ok } } }]`;
    const result = await runSample(home, samplePlan(TWO, bad));
    expect(result).toMatchObject({ state: 'partial', deliveries: [{ state: 'skipped' }, { state: 'skipped' }] });
    expect([readdirSync(inbox), readdirSync(archive)]).toEqual([[], []]);
    expect(typesOf().filter((type) => type.startsWith('delivery.'))).toEqual([]);
  });

  it('stops at Ctrl+C between the files and says that the delivery was cancelled', async () => {
    const stop = new AbortController();
    const result = await runSample(home, samplePlan(TWO), {
      signal: stop.signal,
      onDelivery: ({ type }) => void (type === 'finished' && stop.abort()),
    });
    expect(result).toMatchObject({
      state: 'succeeded',
      deliveries: [
        { state: 'failed', error: { code: 'RUN/CANCELLED' } },
        { state: 'failed', error: { code: 'RUN/CANCELLED' } },
      ],
    });
    expect(existsSync(join(inbox, 'incoming/crm', nameOf(result), 'datapackage.json'))).toBe(false);
    expect(existsSync(join(result.package ?? '', 'datapackage.json'))).toBe(true);
  });

  it('has no deliveries where the plan has none', async () => {
    expect((await runSample(home, samplePlan())).deliveries).toEqual([]);
  });
});

describe('deliver in a plan, to an SFTP server', () => {
  let server: SshdServer;
  beforeAll(async () => {
    server = await startSshd();
  });
  afterAll(() => server.stop());

  it('stops before the first row is read when the host key changed, and sends the package when it is the pinned one', async () => {
    using home = await newHome();
    const { host, port, user } = server;
    const options = { host, port, user, hostKey: server.hostKey() };
    await addPartner(home, { type: 'sftp', options, secrets: password(server.password) });
    const plan = samplePlan('deliver: [{ target: partner, path: in }]\n');
    const result = await runSample(home, plan);
    expect(result.deliveries).toMatchObject([{ target: 'partner', path: 'in', state: 'sent' }]);
    const arrived = join(server.homeFolder, 'in', basename(result.package ?? ''));
    expect(digestsBelow(arrived)).toEqual(digestsBelow(result.package ?? ''));
    const before = eventsOf(home).length;
    await server.changeHostKey();
    await expect(runSample(home, plan)).rejects.toMatchObject({ code: 'TARGET/HOST_KEY_CHANGED' });
    expect(eventsOf(home).slice(before)).toMatchObject([{ type: 'hostkey.changed', data: { outcome: 'denied' } }]);
  });
});
