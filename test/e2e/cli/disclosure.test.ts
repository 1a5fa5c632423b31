import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { RunResult, VerifyDocument } from './results.ts';

const LITERAL = 'l1ter4l-canary';
const PARAMETER = 'p4ram-canary';
let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;
let login: string;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  login = `${database.name}_login`;
  await database.sql(`
    create role ${login} login password 'x';
    create table bills (id bigint primary key, note text);
    insert into bills values (1, 'one'), (2, 'two');
    grant select on all tables in schema public to ${login};`);
  await desk.connect(database.server, database.name, { user: login, password: 'x' });
});
afterAll(async () => {
  await database.sql(`drop owned by ${login}; drop role ${login};`);
  await database.drop();
  desk[Symbol.dispose]();
});

const WHERE = `note <> '${LITERAL}' and note <> :other`;

interface Disclosing {
  readonly disclose?: string;
  /** A second table that fails, with an error of the server that quotes what it was given. */
  readonly failing?: boolean;
}

async function run({ disclose, failing = false }: Disclosing): Promise<RunResult> {
  desk.write(
    'plan.yaml',
    `waybill: 1
name: bills
purpose: test
connection: shop
params: { other: ${PARAMETER} }
tables:
  - { table: public.bills, columns: [id], where: "${WHERE}" }
${failing ? `  - { query: "select ('${LITERAL}' || max(id))::int as bad from bills", name: bad, columns: { bad: { unmasked: ok } } }\n` : ''}format: { type: csv }
${disclose === undefined ? '' : `package: { disclose: ${disclose} }\n`}`,
  );
  const ended = await desk.run(['run', 'plan.yaml', '--out', 'out', '--json']);
  expect([ended.code, ended.stderr]).toEqual([failing ? 12 : 0, ended.stderr]);
  return ended.json as RunResult;
}

/** Which of the things that must stay at home occur in any file of the package, by name or in content. */
function foundIn(folder: string): string[] {
  const canaries = {
    host: database.server.host,
    database: database.name,
    user: login,
    connection: '"shop"',
    literal: LITERAL,
    parameter: PARAMETER,
    sql: 'select',
    where: ':other',
    home: desk.home,
    folder: desk.folder,
  };
  const all = readTree(folder).flatMap(({ path, bytes }) => {
    const text = bytes.toString('utf8');
    // The signed statement carries its content in base64.
    const payload = path === 'delivery.dsse.json' ? (JSON.parse(text) as { payload: string }).payload : '';
    return [path, text, Buffer.from(payload, 'base64').toString('utf8')];
  });
  const whole = all.join('\n').toLowerCase();
  return Object.entries(canaries).flatMap(([name, canary]) => (whole.includes(canary.toLowerCase()) ? [name] : []));
}

interface Descriptor {
  readonly sources?: unknown;
  readonly resources: readonly { readonly waybill: Readonly<Record<string, unknown>> }[];
}

function descriptorOf(folder: string): Descriptor {
  return JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as Descriptor;
}

describe('what a package tells of where it is from', () => {
  it('is nothing by default', async () => {
    expect(foundIn((await run({})).package)).toEqual([]);
  });

  it('is nothing by default where a table failed either', async () => {
    const { package: folder, tables } = await run({ failing: true });
    expect(tables.map(({ verdict }) => verdict)).toEqual(['complete', 'incomplete']);
    expect(foundIn(folder)).toEqual([]);
  });

  it('is product, host, database and user when the plan discloses its source', async () => {
    const { package: folder } = await run({ disclose: '[source]' });
    expect(descriptorOf(folder).sources).toEqual([
      {
        ...{ title: 'PostgreSQL', product: 'PostgreSQL', version: expect.stringMatching(/^\d/) as string },
        ...{ host: database.server.host, database: database.name, user: login },
      },
    ]);
    expect(foundIn(folder)).toEqual(['host', 'database', 'user']);
  });

  it('is the statement of each resource when the plan discloses SQL', async () => {
    const { package: folder } = await run({ disclose: '[sql]' });
    const shown = JSON.parse((await desk.run(['run', 'plan.yaml', '--dry-run', '--json'])).stdout) as {
      tables: { sql: string }[];
    };
    const [resource] = descriptorOf(folder).resources;
    expect(resource?.waybill['sql']).toBe(shown.tables[0]?.sql);
    expect(resource?.waybill['sql']).toContain(LITERAL);
    expect(foundIn(folder)).not.toEqual(expect.arrayContaining(['host']));
  });

  it('verifies, disclosed or not', async () => {
    const { package: folder } = await run({ disclose: '[source, sql]' });
    const { verdict } = await desk.json<VerifyDocument>(['verify', folder]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
  });
});
