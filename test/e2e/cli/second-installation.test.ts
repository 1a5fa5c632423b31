import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunFacts } from '../../../src-main/app/run-records.ts';
import { compose } from '../../../src-main/compose.ts';
import { sealPackage } from '../../../src-main/engine/package/seal-package.ts';
import type { TableResult } from '../../../src-main/engine/run/table-job.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, PASSPHRASE } from './driver.ts';
import type { RunResult, VerifyDocument } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let owner: Desk;
let forger: Desk;
let genuine: RunResult;
/** The genuine package with one value changed, sealed whole by the second installation. */
let forged: string;

beforeAll(async () => {
  [owner, forger] = [new Desk(), new Desk()];
  database = await newPostgresDatabase();
  await database.sql('create table bills (id bigint primary key, total text); insert into bills values (1, 100);');
  await owner.connect(database.server, database.name);
  const plan = owner.write(
    'plan.yaml',
    `waybill: 1
name: bills
purpose: test
connection: shop
tables:
  - { table: public.bills, columns: [id, total] }
format: { type: csv }
`,
  );
  genuine = await owner.json<RunResult>(['run', plan, '--accept-catalog', '--out', 'out']);
  forged = await forge();
});
afterAll(async () => {
  owner[Symbol.dispose]();
  forger[Symbol.dispose]();
  await database.drop();
});

async function forge(): Promise<string> {
  const composition = await compose.core({
    home: forger.home,
    passphrase: new SecretText(PASSPHRASE),
    host: { askSecret: null, confirm: null },
    env: {},
    throwAway: false,
  });
  const { core } = composition;
  const partialFolder = forger.path('forging');
  mkdirSync(partialFolder);
  cpSync(join(genuine.package, 'data'), join(partialFolder, 'data'), { recursive: true });
  const shown = await owner.json<RunFacts & { report: { tables: TableResult[] } }>(['runs', 'show', genuine.run]);
  const bytes = Buffer.from('id,total\r\n1,999\r\n');
  writeFileSync(join(partialFolder, 'data', 'public.bills.csv'), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const descriptor = readFileSync(join(genuine.package, 'datapackage.json'), 'utf8');
  const sealed = await sealPackage(
    {
      run: genuine.run,
      planDigest: `sha256:${'0'.repeat(64)}`,
      partialFolder,
      finalFolder: forger.path(basename(genuine.package)),
      tables: shown.report.tables.map((table) => ({
        ...table,
        resources: table.resources.map((file) => ({ ...file, sha256, bytes: bytes.length })),
      })),
      descriptor: JSON.parse(descriptor.replace(/sha256:[0-9a-f]{64}/, `sha256:${sha256}`)) as Record<string, unknown>,
    },
    core.store,
    await core.ledger(),
  );
  await composition.close();
  return sealed.folder;
}

async function verdict(
  desk: Desk,
  path: string,
  more: readonly string[] = [],
): Promise<[string, string[], number | null]> {
  const ended = await desk.run(['verify', path, ...more, '--json']);
  const { verdict: found, findings } = ended.json as VerifyDocument;
  return [found, findings.map(({ code }) => code), ended.code];
}

describe('a package signed again by a second installation', () => {
  it('holds together, so that only its signer gives it away', async () => {
    expect(await verdict(forger, forged)).toEqual(['CONSISTENT, NOT ANCHORED', ['NOT_ANCHORED'], 0]);
  });

  it('is never VERIFIED where the second installation is not known', async () => {
    const found = ['CONSISTENT, NOT ANCHORED', ['SIGNER_UNPINNED', 'NOT_ANCHORED']];
    expect(await verdict(owner, forged)).toEqual([...found, 0]);
    expect(await verdict(owner, forged, ['--require-key'])).toEqual([...found, 9]);
    const stranger = ['--home', owner.path('nobody-home')];
    expect(await verdict(owner, forged, stranger)).toEqual([...found, 0]);
  });

  it('is BROKEN against the key of the first, given as a file or as text', async () => {
    const file = join(genuine.package, 'delivery.vkey');
    for (const key of [file, readFileSync(file, 'utf8').trim()]) {
      const [found, codes, exit] = await verdict(owner, forged, ['--key', key]);
      expect([found, exit]).toEqual(['BROKEN', 9]);
      expect(codes).toContain('SIGNER_MISMATCH');
    }
  });

  it('leaves the genuine one good under the same key', async () => {
    const key = ['--key', join(genuine.package, 'delivery.vkey'), '--require-key'];
    expect(await verdict(forger, genuine.package, key)).toEqual(['CONSISTENT, NOT ANCHORED', ['NOT_ANCHORED'], 0]);
  });

  it('is not rescued by laying the first one’s public key into it', async () => {
    const mixed = forger.path('mixed');
    cpSync(forged, mixed, { recursive: true });
    cpSync(join(genuine.package, 'delivery.vkey'), join(mixed, 'delivery.vkey'));
    const [found, , exit] = await verdict(owner, mixed);
    expect([found, exit]).toEqual(['BROKEN', 9]);
  });

  it.each(['data/public.bills.csv', 'datapackage.json', 'SHA256SUMS', 'delivery.tlog-proof', 'ledger-entry.json'])(
    'is BROKEN when %s is missing or changed',
    async (name) => {
      const copy = owner.path('copy');
      cpSync(genuine.package, copy, { recursive: true });
      const bytes = readFileSync(join(copy, name));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(join(copy, name), bytes);
      expect((await verdict(owner, copy))[0]).toBe('BROKEN');
      rmSync(join(copy, name));
      expect((await verdict(owner, copy))[0]).toBe('BROKEN');
      rmSync(copy, { recursive: true });
    },
  );
});
