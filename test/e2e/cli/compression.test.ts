import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import type { RunResult, VerifyDocument } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  await database.sql(`
    create table people (id bigint primary key, email text, note text);
    insert into people select n, 'user' || n || '@example.org', repeat('words of ' || n || ' ', 9) from generate_series(1, 30000) n;
    create table nobody (id bigint primary key);`);
  await desk.connect(database.server, database.name);
});
afterAll(async () => {
  await database.drop();
  desk[Symbol.dispose]();
});

async function run(pack: string, more = ''): Promise<RunResult> {
  desk.write(
    'plan.yaml',
    `waybill: 1
name: small
purpose: test
connection: shop
tables:
  - { table: public.people, orderBy: [id], masks: { email: { mask: partial, keepLast: 4 } } }
  - { table: public.nobody }
format: { type: csv }
package: ${pack}
${more}`,
  );
  return await desk.json<RunResult>(['run', 'plan.yaml', '--accept-catalog', '--out', 'out']);
}

interface Descriptor {
  readonly resources: readonly {
    readonly path: string | readonly string[];
    readonly bytes: number;
    readonly compression?: string;
    readonly waybill: {
      readonly unpacked?: { readonly bytes: number; readonly hash: string };
      readonly parts?: readonly { readonly path: string; readonly unpacked?: { readonly bytes: number } }[];
    };
  }[];
}

const descriptorOf = (folder: string): Descriptor =>
  JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as Descriptor;

const unpack = (program: string, path: string): Buffer =>
  execFileSync(program, ['-dc', path], { maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'pipe'] });

describe('a package whose files are compressed', () => {
  it.each([
    ['gzip', 'gz'],
    ['zstd', 'zst'],
  ])('holds with %s what the plain one holds, is counted, and verifies', async (compress, suffix) => {
    const plain = await run('{ compress: none }');
    const small = await run(`{ compress: ${compress} }`);
    expect(small.tables).toMatchObject([
      { sourceRows: 30000, writtenRows: 30000, rereadRows: 30000, verdict: 'complete' },
      { sourceRows: 0, writtenRows: 0, rereadRows: 0, verdict: 'complete' },
    ]);
    for (const name of ['public.people', 'public.nobody']) {
      const expected = readFileSync(join(plain.package, 'data', `${name}.csv`));
      const unpacked = unpack(compress, join(small.package, 'data', `${name}.csv.${suffix}`));
      expect(unpacked.equals(expected)).toBe(true);
    }
    const [before] = descriptorOf(plain.package).resources;
    const [after] = descriptorOf(small.package).resources;
    expect(after).toMatchObject({ path: `data/public.people.csv.${suffix}`, compression: suffix });
    expect(after?.waybill.unpacked?.bytes).toBe(before?.bytes);
    expect(after?.bytes).toBeLessThan((before?.bytes ?? 0) / 3);
    expect(before).not.toHaveProperty('compression');
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: small.package });
    const verified = await desk.json<VerifyDocument>(['verify', small.package]);
    expect(verified.verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('may be in parts, each of which unpacks alone', async () => {
    const { package: folder } = await run('{ compress: zstd, chunk: { rows: 12000 } }');
    const [people] = descriptorOf(folder).resources;
    expect(people?.path).toEqual([1, 2, 3].map((part) => `data/public.people.000${part}.csv.zst`));
    for (const { path, unpacked } of people?.waybill.parts ?? []) {
      const bytes = unpack('zstd', join(folder, path));
      expect(bytes.length).toBe(unpacked?.bytes);
      expect(bytes.toString('utf8').startsWith('id,email,note\r\n')).toBe(true);
    }
  });

  it('says in its load scripts what to unpack first, and loads the unpacked files', async () => {
    const { package: folder } = await run('{ compress: zstd }', 'migrate: postgres\n');
    const load = readFileSync(join(folder, 'load.sql'), 'utf8');
    expect(load).toContain("FROM 'data/public.people.csv'");
    const ddl = readFileSync(join(folder, 'ddl.sql'), 'utf8');
    expect(ddl).toContain('zstd -d data/*.zst');
  });
});
