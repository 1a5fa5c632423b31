// The journey on Oracle. Its protocol is not published, so that without a server (WAYBILL_TEST_ORACLE_URL) a double stands at the
// interface of its driver, in this process; therefore the command line runs in this process too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracleRig } from '../../contract/connectors/oracle-rig.ts';
import type { ConnectorPlace } from '../../contract/connectors/rig.ts';
import { CliDesk } from '../../fakes/cli-desk.ts';
import type { LedgerList, PreviewResult, RunResult, VerifyDocument } from './results.ts';

const CUSTOMERS = 50;
const ORDERS = 120;
const server = oracleRig.standIn === undefined ? 'a server' : `the stand-in (${oracleRig.standIn})`;

interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly service: string;
}

describe(`the journey on the command line, Oracle on ${server}`, { timeout: 60_000 }, () => {
  let place: ConnectorPlace;
  let address: Address;
  let desk: CliDesk;
  let result: RunResult;
  const nameOf = (table: string): string => `${place.namespace}.${table}`;
  const add = (name: string, more: Partial<Address> = {}, password = place.password?.reveal() ?? '') => {
    const { host, port, user, service } = { ...address, ...more };
    const where = ['--host', host, '--port', String(port), '--user', user, '--service', service];
    const args = ['connection', 'add', name, '--connector', 'oracle', ...where, '--tls', 'disable'];
    return desk.json([...args, '--password-stdin'], { stdin: `${password}\n` });
  };

  beforeAll(async () => {
    desk = new CliDesk();
    place = await oracleRig.start();
    // Of the connection no more is asked here than where it leads.
    address = place.connection as unknown as Address;
    for (const sql of [
      'create table customers (id number(9) not null primary key, email varchar2(200), note clob)',
      'create table orders (id number(9) not null primary key, customer_email varchar2(200), amount number(9))',
    ])
      await place.sql(sql);
    for (let id = 1; id <= CUSTOMERS; id++) {
      const note = id % 2 === 0 ? 'null' : `'it''s, "${id}"'`;
      await place.sql(`insert into customers values (${id}, 'user${id}@example.net', ${note})`);
    }
    for (let id = 1; id <= ORDERS; id++)
      await place.sql(`insert into orders values (${id}, 'user${(id % CUSTOMERS) + 1}@example.net', ${id})`);
  });
  afterAll(async () => {
    await place.stop();
    desk[Symbol.dispose]();
  });

  it('saves a connection with its password in the vault, and tests it', async () => {
    await add('shop');
    expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({
      ...{ connection: 'shop', product: oracleRig.product, tls: null, production: false },
      ...{
        latencyMs: expect.any(Number) as number,
        readOnly: expect.stringMatching(/enforced by the server$/) as string,
      },
    });
    const { connections } = await desk.json<{ connections: unknown[] }>(['connection', 'list']);
    expect(connections).toContainEqual(
      expect.objectContaining({ name: 'shop', connector: 'oracle', secret: 'passphrase' }),
    );
  });

  it('says what is wrong with a login, a service and an address', async () => {
    await add('typo', {}, 'another password');
    expect(await desk.refused(['connection', 'test', 'typo'])).toMatchObject({ code: 'SOURCE/AUTH_REFUSED', exit: 3 });
    await add('lost', { service: 'nowhere' });
    const lost = await desk.refused(['connection', 'test', 'lost']);
    expect(lost).toMatchObject({ code: 'SOURCE/DATABASE_ABSENT' });
    expect(lost.said).toContain('Correct the service name of the connection');
    await add('far', { port: 1 });
    expect(await desk.refused(['catalog', 'far'])).toMatchObject({ code: 'SOURCE/UNREACHABLE' });
  });

  it('shows the tables with types and keys', async () => {
    const catalog = await desk.json<{ namespaces: { name: string; tables: unknown[] }[] }>(['catalog', 'shop']);
    const [first] = catalog.namespaces.find(({ name }) => name === place.namespace)?.tables ?? [];
    expect(first).toMatchObject({
      ...{ name: 'CUSTOMERS', table: [place.namespace, 'CUSTOMERS'], kind: 'table', primaryKey: ['ID'] },
      columns: [
        { name: 'ID', type: 'NUMBER(9)', nullable: false },
        { name: 'EMAIL', type: expect.stringMatching(/^VARCHAR2\(200/) as string },
        { name: 'NOTE', type: 'CLOB' },
      ],
    });
    expect(await desk.refused(['catalog', 'shop', '--namespace', 'NOWHERE'])).toMatchObject({
      ...{ code: 'SOURCE/NAMESPACE_ABSENT', exit: 4 },
    });
  });

  it('writes a plan, finds what is wrong in it with line and column, and signs off the rest', async () => {
    const tables = ['--tables', nameOf('*')];
    await desk.json(['plan', 'new', 'shop', ...tables, '--out', 'shop.plan.yaml']);
    const written = readFileSync(desk.path('shop.plan.yaml'), 'utf8').replace('purpose: ""', 'purpose: CHG-4711');
    const masked = written.replace(/# (?= *(masks:|EMAIL:|CUSTOMER_EMAIL:))/g, '');
    desk.write('shop.plan.yaml', masked.replace('- NOTE', '- NOTES'));
    const wrong = await desk.run(['plan', 'check', 'shop.plan.yaml', '--json']);
    expect(wrong.code).toBe(4);
    const { findings } = JSON.parse(wrong.stdout) as {
      findings: readonly { severity: string; line: number; message: string }[];
    };
    const [error] = findings.filter(({ severity }) => severity === 'error');
    expect(error?.message).toContain('NOTES');
    expect(error?.line).toBe(masked.split('\n').findIndex((line) => line.includes('- NOTE')) + 1);
    desk.write('shop.plan.yaml', masked);
    expect(await desk.json(['plan', 'check', 'shop.plan.yaml', '--accept'])).toMatchObject({
      ok: true,
      accepted: true,
    });
  });

  it('previews masked rows and counts', async () => {
    const preview = await desk.json<PreviewResult>([
      'preview',
      'shop.plan.yaml',
      '--table',
      nameOf('CUSTOMERS'),
      '--rows',
      '2',
    ]);
    expect(preview.tables[0]?.rows.map(([id, email, note]) => [id, /@/.test(email ?? ''), note])).toEqual([
      ['1', false, 'it\'s, "1"'],
      ['2', false, null],
    ]);
    const { tables } = await desk.json<{ tables: { rows: number }[] }>(['count', 'shop.plan.yaml', '--exact']);
    expect(tables.map(({ rows }) => rows)).toEqual([CUSTOMERS, ORDERS]);
  });

  it('runs to a package that verifies, with the same token for the same value in both tables', async () => {
    result = await desk.json<RunResult>(['run', 'shop.plan.yaml', '--out', 'delivery']);
    const counts = (rows: number) => ({ sourceRows: rows, writtenRows: rows, rereadRows: rows, verdict: 'complete' });
    expect(result).toMatchObject({ state: 'succeeded', tables: [counts(CUSTOMERS), counts(ORDERS)] });
    const rowsOf = (table: string): string[][] =>
      readFileSync(join(result.package, 'data', `${nameOf(table)}.csv`), 'utf8')
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(','));
    const tokens = new Map(rowsOf('CUSTOMERS').map(([id = '', email = '']) => [id, email]));
    expect(new Set(tokens.values()).size).toBe(CUSTOMERS);
    for (const [id, email] of rowsOf('ORDERS')) expect(email).toBe(tokens.get(String((Number(id) % CUSTOMERS) + 1)));
    expect(rowsOf('CUSTOMERS')[0]?.slice(2).join(',')).toBe('"it\'s, ""1"""');
    const verified = await desk.json<VerifyDocument>(['verify', result.package]);
    expect(verified).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'package' });
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.slice(-3).map(({ type }) => type)).toEqual(['export.started', 'package.sealed', 'export.completed']);
  });

  it('does not run where a table has changed since it was signed off, and names the column', async () => {
    await place.sql(oracleRig.alterType('orders', 'amount'));
    const stale = await desk.run(['run', 'shop.plan.yaml', '--out', 'delivery', '--json']);
    expect(stale.stderr + stale.stdout).toContain('PLAN/STALE');
    expect(stale.stderr + stale.stdout).toContain(`${nameOf('ORDERS')}.AMOUNT was NUMBER(9) and is NUMBER(20)`);
    expect(stale.code).not.toBe(0);
    const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
    expect(runs.map(({ run }) => run)).toEqual([result.run]);
  });
});
