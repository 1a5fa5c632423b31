import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { Desk } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { RunResult, VerifyDocument } from './results.ts';

interface Line {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const PLAN = `waybill: 1
name: sample
purpose: test
connection: sample
tables: [{ table: main.customers, columns: [id] }]
format: { type: csv }
`;
const WRONG = 'wr0ng-c4n4ry';

let server: SshdServer;
let desk: Desk;
let result: RunResult;
let pinned: string;
let shown: string;
let progress: string;
/** The part of the bundled ledger that speaks of targets and deliveries. */
let lines: readonly Line[];

beforeAll(async () => {
  desk = new Desk();
  server = await startSshd();
  pinned = server.hostKey();
  mkdirSync(join(server.homeFolder, 'in'));
  // The server's user may be another one than ours.
  chmodSync(join(server.homeFolder, 'in'), 0o777);
  desk.write('plan.yaml', PLAN);
  result = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'out']);
  const where = ['--host', server.host, '--port', String(server.port), '--user', server.user, '--path', 'in'];
  const add = (name: string, secret: string) =>
    desk.json(['target', 'add', name, '--type', 'sftp', ...where, '--host-key', pinned, '--password-stdin'], {
      stdin: `${secret}\n`,
    });
  const deliver = (target: string, ...more: string[]) => desk.run(['deliver', result.package, '--to', target, ...more]);
  await add('partner', server.password);
  await add('stale', WRONG);
  progress = (await deliver('partner', '--json', '--progress', 'json')).stderr;
  await deliver('partner');
  await deliver('stale');
  shown = await server.changeHostKey();
  await deliver('partner');
  await desk.json(['target', 'remove', 'stale']);
  await desk.json(['ledger', 'bundle', '--out', 'handed']);
  lines = desk
    .read('handed/data/ledger/entries.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Partial<Line>)
    .flatMap(({ type, data }) =>
      type !== undefined && data !== undefined && /^(target|delivery)\./.test(type) ? [{ type, data }] : [],
    );
}, 300_000);
afterAll(async () => {
  await server.stop();
  desk[Symbol.dispose]();
});

describe('what targets and deliveries leave in the ledger', () => {
  it('tells their whole story in order', () => {
    expect(lines.map(({ type, data }) => [type, data['target'], data['outcome'], data['error']])).toEqual([
      ['target.added', 'partner', 'success', undefined],
      ['target.added', 'stale', 'success', undefined],
      ['delivery.started', 'partner', 'success', undefined],
      ['delivery.sent', 'partner', 'success', undefined],
      ['delivery.started', 'partner', 'success', undefined],
      ['delivery.confirmed', 'partner', 'success', undefined],
      ['delivery.failed', 'stale', 'denied', 'TARGET/AUTH_REFUSED'],
      ['delivery.failed', 'partner', 'failure', 'TARGET/HOST_KEY_CHANGED'],
      ['target.removed', 'stale', 'success', undefined],
    ]);
  });

  it('names the pinned host key of a target when it comes and when it goes', () => {
    const targets = lines.filter(({ type }) => type.startsWith('target.'));
    expect(targets.map(({ data }) => data['destination'])).toEqual(
      targets.map(() => ({ kind: 'sftp', hostKey: pinned })),
    );
  });

  it('says of a delivery what was sent, how much of it, and to which host under which key', () => {
    const digest = createHash('sha256')
      .update(readFileSync(join(result.package, 'delivery.dsse.json')))
      .digest('hex');
    const files = readTree(result.package).filter(({ kind }) => kind === 'file');
    const uri = `sftp://${server.user}@${server.host}:${server.port}/~/in/${basename(result.package)}`;
    for (const { data } of lines.filter(({ type }) => /started|sent|confirmed/.test(type))) {
      expect(data).toMatchObject({
        correlation: result.run,
        package: basename(result.package),
        destination: { kind: 'sftp', uri, hostKey: pinned },
        volume: { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0) },
        manifest: { path: 'delivery.dsse.json', sha256: digest },
      });
    }
  });

  it('claims no address and no key of a server that did not prove itself', () => {
    const failed = lines.filter(({ type }) => type === 'delivery.failed');
    for (const { data } of failed) expect(data['destination']).toEqual({ kind: 'sftp', uri: null, hostKey: null });
    expect(JSON.stringify(failed)).not.toContain(shown);
  });
});

describe('what an auditor gets of deliveries', () => {
  it('is a bundle that verifies', async () => {
    const checked = await desk.json<VerifyDocument>(['verify', 'handed']);
    expect(checked).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'bundle' });
  });

  it('lists them in entries.csv and tells them in the report', () => {
    const csv = desk.read('handed/data/entries.csv');
    const html = desk.read('handed/data/report.html');
    for (const word of ['delivery.sent', 'delivery.confirmed', 'TARGET/AUTH_REFUSED', 'TARGET/HOST_KEY_CHANGED']) {
      expect(csv).toContain(word);
      expect(html).toContain(word);
    }
    for (const word of ['hostkey.accepted', 'hostkey.changed']) expect(csv).toContain(word);
    expect(html).toContain(`sftp://${server.user}@${server.host}:${server.port}/~/in/`);
  });

  it('holds no password', () => {
    for (const { path, bytes } of readTree(desk.path('handed'))) {
      for (const secret of [server.password, WRONG]) expect([path, bytes.includes(secret)]).toEqual([path, false]);
    }
  });
});

describe('deliver --json --progress json', () => {
  it('tells every file on stderr, a JSON object a line, the descriptor last', () => {
    const events = progress
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; path: string; doneBytes: number; totalBytes: number });
    const total = readTree(result.package).reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(new Set(events.map(({ totalBytes }) => totalBytes))).toEqual(new Set([total]));
    const finished = events.filter(({ type }) => type === 'finished').map(({ path }) => path);
    expect(finished.at(-1)).toBe('datapackage.json');
    const files = readTree(result.package).filter(({ kind }) => kind === 'file');
    expect([...finished].sort()).toEqual(files.map(({ path }) => path).sort());
    expect(events.at(-1)?.doneBytes).toBe(total);
  });
});
