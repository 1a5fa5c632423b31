import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../servers/run-program.ts';
import { Desk, errorOf, firstError } from './driver.ts';
import { JOURNEY_PRODUCTS, type JourneyPlace } from './journey-places.ts';
import { readTree, treeFingerprint } from './read-tree.ts';
import type { LedgerList, PreviewResult, RunResult, VerifyDocument } from './results.ts';

const CANARY = 'c4n4ry-p4ssw0rd';
const HASH = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
describe.each(JOURNEY_PRODUCTS)('the journey on the command line, $server', (one) => {
  const { connector, product } = one;
  let place: JourneyPlace;
  let desk: Desk;
  let result: RunResult;
  const nameOf = (table: string): string => `${place.namespace}.${table}`;

  beforeAll(async () => {
    desk = new Desk();
    place = await one.start(CANARY);
  });
  afterAll(async () => {
    await place.drop();
    desk[Symbol.dispose]();
  });

  it('saves a connection with its password in the vault, and tests it', async () => {
    await desk.connect({ ...place, password: CANARY }, place.database, { connector });
    expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({
      connection: 'shop',
      product,
      user: expect.stringContaining(place.user) as string,
      tls: null,
      latencyMs: expect.any(Number) as number,
      readOnly: expect.any(String) as string,
      missingPrivileges: [],
      production: false,
    });
    const { connections } = await desk.json<{ connections: unknown[] }>(['connection', 'list']);
    expect(connections).toContainEqual(
      expect.objectContaining({ name: 'shop', connector, production: false, secret: 'passphrase' }),
    );
  });

  it('names TLS version and cipher when the session is encrypted', async () => {
    const flags = ['--tls', 'verify-full', '--ca', place.caFile];
    await desk.connect({ ...place, password: CANARY }, place.database, { name: 'safe', flags, connector });
    const { tls } = await desk.json<{ tls: unknown }>(['connection', 'test', 'safe']);
    expect(tls).toMatchObject({
      version: expect.stringMatching(/^TLSv1\.[23]$/) as string,
      cipher: expect.stringMatching(/\w/) as string,
      verified: true,
    });
    await desk.json(['connection', 'remove', 'safe']);
  });

  it('shows the catalog with types, keys and estimates', async () => {
    const catalog = await desk.json<{ namespaces: { tables: unknown[] }[] }>(['catalog', 'shop']);
    expect(catalog).toMatchObject({ product, version: expect.stringMatching(/^\d/) as string });
    expect(catalog.namespaces[0]?.tables[0]).toMatchObject({
      name: 'customers',
      table: [place.namespace, 'customers'],
      kind: 'table',
      columns: expect.arrayContaining([
        expect.objectContaining({ name: 'id', type: expect.stringContaining('bigint') as string, nullable: false }),
      ]) as [],
      primaryKey: ['id'],
      foreignKeys: [],
      estimatedRows: one.estimatesExactly ? 1000 : (expect.any(Number) as number),
      estimatedBytes: expect.any(Number) as number,
    });
    const other = await desk.run(['catalog', 'shop', '--namespace', 'nowhere', '--json']);
    expect([other.code, errorOf(other).code]).toEqual([4, 'SOURCE/NAMESPACE_ABSENT']);
  });

  it('writes a plan that wants a purpose, then signs it off and changes nothing else', async () => {
    await desk.json(['plan', 'new', 'shop', '--tables', nameOf('*'), '--out', 'shop.plan.yaml']);
    const bare = await desk.run(['plan', 'check', 'shop.plan.yaml', '--json']);
    expect(bare.code).toBe(2);
    expect(firstError(bare).code).toBe('PLAN/INVALID');
    const text = desk
      .read('shop.plan.yaml')
      .replace('purpose: ""', 'purpose: CHG-4711')
      .replace(/# (?= *(masks:|email:|full_name:|phone:|customer_email:))/g, '');
    desk.write('shop.plan.yaml', text);
    const checked = await desk.json(['plan', 'check', 'shop.plan.yaml', '--accept']);
    expect(checked).toMatchObject({ ok: true, accepted: true, catalog: HASH });
    const lines = new Set(text.split('\n'));
    const added = desk
      .read('shop.plan.yaml')
      .split('\n')
      .filter((line) => !lines.has(line));
    expect(added).toEqual([expect.stringMatching(/^catalog: sha256:[0-9a-f]{64}$/)]);
  });

  it('counts by estimate and exactly', async () => {
    const tables = (kind: string) =>
      (
        [
          ['customers', 1000],
          ['orders', 3000],
        ] as const
      ).map(([table, rows]) => ({
        name: nameOf(table),
        table: [place.namespace, table],
        rows: kind === 'exact' || one.estimatesExactly ? rows : (expect.any(Number) as number),
        kind,
      }));
    expect(await desk.json(['count', 'shop.plan.yaml'])).toEqual({ tables: tables('estimate') });
    expect(await desk.json(['count', 'shop.plan.yaml', '--exact'])).toEqual({ tables: tables('exact') });
  });

  it('previews masked rows, and the originals only when asked', async () => {
    const args = ['preview', 'shop.plan.yaml', '--table', nameOf('customers'), '--rows', '2'];
    const masked = await desk.json<PreviewResult>(args);
    expect(JSON.stringify(masked)).not.toMatch(/user1@|Person 1/);
    expect(masked.tables).toHaveLength(1);
    expect(masked.tables[0]?.columns).toEqual([
      expect.objectContaining({ name: 'id', mask: null }),
      expect.objectContaining({ name: 'email', mask: 'pseudonym' }),
      expect.objectContaining({ name: 'full_name', mask: 'redact' }),
      expect.objectContaining({ name: 'phone', mask: 'partial' }),
    ]);
    expect(masked.tables[0]?.rows[0]).toEqual([
      '1',
      expect.stringMatching(/^[a-z2-7]{26}$/),
      expect.not.stringContaining('Person'),
      expect.stringMatching(/0001$/),
    ]);
    expect(masked.tables[0]).not.toHaveProperty('originals');
    const both = await desk.json<PreviewResult>([...args, '--originals']);
    expect(both.tables[0]?.originals?.[1]).toEqual(['2', 'user2@example.net', 'Person 2', '+49 30 100002']);
  });

  it('prints what it would do and writes nothing with --dry-run', async () => {
    const dry = await desk.json(['run', 'shop.plan.yaml', '--out', 'dry', '--dry-run']);
    expect(dry).toMatchObject({ tables: [{ name: nameOf('customers'), masks: { email: 'pseudonym' } }, {}] });
    expect(readdirSync(desk.folder)).toEqual(['shop.plan.yaml']);
  });

  it('runs to a package whose counts agree, in the documented shape', async () => {
    result = await desk.json<RunResult>(['run', 'shop.plan.yaml', '--out', 'delivery']);
    expect(result).toMatchObject({
      run: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/) as string,
      state: 'succeeded',
      package: desk.path('delivery', `shop-${result.run}`),
      ledger: { seq: expect.any(Number) as number, size: expect.any(Number) as number },
    });
    expect(result).not.toHaveProperty('error');
    const counts = (rows: number) => ({ sourceRows: rows, writtenRows: rows, rereadRows: rows, verdict: 'complete' });
    expect(result.tables).toMatchObject([
      {
        name: nameOf('customers'),
        table: [place.namespace, 'customers'],
        resources: [`data/${nameOf('customers')}.csv`],
        ...counts(1000),
      },
      {
        name: nameOf('orders'),
        table: [place.namespace, 'orders'],
        resources: [`data/${nameOf('orders')}.csv`],
        ...counts(3000),
      },
    ]);
  });

  it('names every file of the package with its own digest', () => {
    const names = readTree(result.package).map(({ path }) => path);
    expect(names).toEqual(
      ['', 'SHA256SUMS', 'data', `data/${nameOf('customers')}.csv`, `data/${nameOf('orders')}.csv`]
        .concat(['datapackage.json'])
        .concat(['delivery.dsse.json', 'delivery.tlog-proof', 'delivery.vkey', 'ledger-entry.json'])
        .sort(),
    );
    const sums = readFileSync(join(result.package, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    expect(sums).toHaveLength(3);
    for (const line of sums) {
      const [digest, path = ''] = line.split(/ [ *]/);
      const bytes = readFileSync(join(result.package, path));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
    }
    const leaf = JSON.parse(readFileSync(join(result.package, 'ledger-entry.json'), 'utf8')) as object;
    expect(Object.keys(leaf).sort()).toEqual(['id', 'manifest', 'prev', 'run', 'seq', 'time']);
  });

  it('gives the same value the same token in both tables', () => {
    const rows = (name: string) =>
      readFileSync(join(result.package, 'data', name), 'utf8')
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(','));
    const customers = rows(`${nameOf('customers')}.csv`).map(([id, email]) => [Number(id), email] as const);
    const tokens = new Map(customers);
    expect(new Set(tokens.values()).size).toBe(1000);
    for (const [id, email] of rows(`${nameOf('orders')}.csv`)) expect(email).toBe(tokens.get((Number(id) % 1000) + 1));
  });

  it('verifies package and ledger, and writes nothing while it does', async () => {
    const before = treeFingerprint(desk.folder).concat(treeFingerprint(desk.home));
    const checked = await desk.json<VerifyDocument>(['verify', result.package]);
    expect(checked).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'package' });
    expect(checked.findings.map(({ code }) => code)).toEqual(['NOT_ANCHORED']);
    expect(checked.signer).toBe(readFileSync(join(result.package, 'delivery.vkey'), 'utf8').trim());
    const ledger = await desk.json<VerifyDocument>(['verify', desk.ledger()]);
    expect(ledger).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'ledger' });
    expect((await desk.run(['verify', result.package, '--require-anchor'])).code).toBe(9);
    expect((await desk.run(['verify', result.package, '--require-key'])).code).toBe(0);
    expect(treeFingerprint(desk.folder).concat(treeFingerprint(desk.home))).toEqual(before);
  });

  it('remembers the run and tells it again', async () => {
    const { runs } = await desk.json<{ runs: { run: string; state: string }[] }>(['runs']);
    expect(runs).toMatchObject([{ run: result.run, state: 'succeeded', package: result.package }]);
    const shown = await desk.json(['runs', 'show', result.run]);
    expect(shown).toMatchObject({ run: result.run, state: 'succeeded', plan: 'shop', connection: 'shop' });
  });

  it('recorded all of it in the ledger, in order, with a signed checkpoint', async () => {
    const list = await desk.json<LedgerList>(['ledger', 'list']);
    const types = list.entries.map(({ type }) => type);
    expect(list.size).toBe(types.length);
    expect(types.filter((type) => type === 'data.previewed')).toHaveLength(2);
    expect(types.slice(-3)).toEqual(['export.started', 'package.sealed', 'export.completed']);
    const shown = await desk.json<{ seq: number; leafHash: string; line: string; entry: unknown }>([
      ...['ledger', 'show', String(result.ledger.seq)],
    ]);
    expect(`${shown.line}\n`).toContain(readFileSync(join(result.package, 'ledger-entry.json'), 'utf8').trim());
    const { checkpoint, vkey } = await desk.json<{ checkpoint: string; vkey: string }>(['ledger', 'checkpoint']);
    expect(checkpoint.split('\n').slice(0, 2)).toEqual([list.origin, String(list.size)]);
    expect(vkey).toContain(list.origin);
  });

  it('hands over a bundle that verifies here and, with Python alone, without Waybill', async () => {
    await desk.json(['ledger', 'bundle', '--out', 'handed']);
    const checked = await desk.json<VerifyDocument>(['verify', 'handed']);
    expect(checked).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'bundle' });
    expect(await runProgram('python3', ['verify.py'], { cwd: desk.path('handed') })).toMatch(/^OK/);
    const report = desk.read('handed/data/report.html');
    for (const told of [result.run, product, place.user, 'CHG-4711']) expect(report).toContain(told);
  });

  it('makes, lists and destroys a pseudonym key, showing only its fingerprint', async () => {
    const made = await desk.json<{ fingerprint: string }>(['key', 'add', 'client-a']);
    expect(made.fingerprint).toMatch(/^SHA256:[0-9a-f]{32}$/);
    const again = await desk.run(['key', 'add', 'client-a', '--json']);
    expect([again.code, errorOf(again).code]).toEqual([5, 'MASK/KEY_EXISTS']);
    const unsure = await desk.run(['key', 'destroy', 'client-a', '--json']);
    expect([unsure.code, errorOf(unsure).code]).toEqual([3, 'CLI/NOT_CONFIRMED']);
    await desk.json(['key', 'destroy', 'client-a', '--yes']);
    const { keys } = await desk.json<{ keys: { name: string; destroyed?: string }[] }>(['key', 'list']);
    expect(keys.find(({ name }) => name === 'client-a')?.destroyed).toMatch(/^\d{4}-/);
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.at(-1)?.type).toBe('pseudonymkey.destroyed');
  });

  it('says which backend holds the secrets and proves it', async () => {
    const { backends } = await desk.json<{ backends: unknown[] }>(['vault', 'status']);
    expect(backends).toContainEqual(
      expect.objectContaining({ backend: expect.objectContaining({ id: 'passphrase' }) as object, state: 'works' }),
    );
  });

  it('removes the connection with its secret', async () => {
    expect(await desk.json(['connection', 'remove', 'shop'])).toMatchObject({ removed: 'shop', secretRemoved: true });
    const gone = await desk.run(['connection', 'test', 'shop', '--json']);
    expect([gone.code, errorOf(gone).code]).toEqual([4, 'CONNECTION/ABSENT']);
  });

  it('left the password nowhere, and everything 0600 or 0700 under umask 000', () => {
    const written = [...readTree(desk.home), ...readTree(desk.folder).slice(1)];
    expect(written.length).toBeGreaterThan(20);
    for (const { path, kind, mode, bytes } of written) {
      expect([path, kind, mode]).toEqual([path, kind, kind === 'folder' ? '700' : '600']);
      expect([path, bytes.includes(CANARY)]).toEqual([path, false]);
    }
    expect(desk.printed).not.toContain(CANARY);
  });
});
