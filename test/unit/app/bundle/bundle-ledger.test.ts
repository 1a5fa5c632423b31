import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listEntries } from '../../../../src-main/app/ledger-entries.ts';
import { verifyPath } from '../../../../src-main/app/verify-path.ts';
import type { FileWriter } from '../../../../src-main/ports/store.ts';
import { createNodeStore } from '../../../../src-main/store/node-store.ts';
import type { VerifyResult } from '../../../../src-shared/proof/verdict.ts';
import { ownProfiles } from '../../../../src-main/formats/csv/own-profiles.ts';
import type { CsvProfile } from '../../../../src-shared/model/csv-profile.ts';
import { BundleHome, PLAN_TEXT } from '../../../fakes/bundle-home.ts';
import { createFaultStore } from '../../../fakes/fault-store.ts';
import { parseCsv } from '../../../fakes/parse-csv.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { flipBit } from '../../proof/build/memory-folder.ts';

const PROFILE = ownProfiles.get('rfc4180') as CsvProfile; // The format's first own profile.
const RUN = '01JD9Z8K3W0000000000000001';
const OTHER_RUN = '01JD9Z8K3W0000000000000002';
const HOSTILE = '=cmd|"/c calc"!A1<script>alert(1)</script><img src=x onerror=alert(1)>\u202e';

let folder: TempFolder;
let home: BundleHome;
beforeEach(() => {
  folder = new TempFolder();
  home = new BundleHome(folder.path);
});
afterEach(() => folder[Symbol.dispose]());

const read = (path: string): string => readFileSync(folder.join('bundle', path), 'utf8');

function verify(path = folder.join('bundle')): Promise<VerifyResult> {
  return verifyPath({ path, reader: home.core.store.read, cwd: folder.path, trusted: [] });
}

/** The one folder below `ledger/`. */
function ledgerName(): string {
  const entries = readdirSync(folder.join('home/ledger'), { withFileTypes: true });
  return entries.find((entry) => entry.isDirectory())?.name ?? '';
}

async function entryTypes(): Promise<string[]> {
  const { entries } = await listEntries({ reader: home.core.store.read, home: home.core.home.root });
  return entries.map((entry) => `${entry.type} ${entry.outcome ?? ''}`.trim());
}

/** Paths below a folder, files and folders, with their modes. */
function modesBelow(root: string): [string, number][] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => [
    path,
    statSync(join(root, path)).mode & 0o777,
  ]);
}

describe('handing out the ledger', () => {
  it('gives a bundle that holds everything, verifies, and holds the entry of its own making', async () => {
    await home.run({ run: RUN });
    const made = await home.bundle();
    expect(made).toEqual({ bundle: folder.join('bundle'), size: 5, files: 17, absent: [] });
    const result = await verify();
    expect([result.kind, result.verdict, result.size]).toEqual(['bundle', 'CONSISTENT, NOT ANCHORED', 5]);
    expect(result.findings.map((finding) => finding.code)).toEqual([
      'SIGNER_UNPINNED',
      'NOT_ANCHORED',
      'UNSIGNED_FILES',
    ]);
    expect(await entryTypes()).toEqual([
      'ledger.created',
      'export.started success',
      'package.sealed',
      'export.completed success',
      'ledger.exported success',
    ]);
    expect(read(`data/runs/${RUN}/plan.yaml`)).toBe(PLAN_TEXT);
    const paths = modesBelow(folder.join('bundle')).filter(([path]) => statSync(folder.join('bundle', path)).isFile());
    expect(paths).toHaveLength(made.files);
  });

  it('leaves out statements and compiled plans on request', async () => {
    await home.run({ run: RUN });
    const made = await home.bundle({ withoutSql: true });
    expect(readdirSync(folder.join('bundle/data/runs', RUN)).sort()).toEqual(['plan.yaml', 'report.json']);
    expect(made.absent).toHaveLength(1);
    const result = await verify();
    expect(result.verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(result.findings.map((finding) => finding.code)).toContain('RUN_FILES_ABSENT');
  });

  it('says which packages and files are gone or were changed, and leaves them out', async () => {
    const gone = await home.run({ run: RUN });
    const changed = await home.run({ run: OTHER_RUN });
    rmSync(gone, { recursive: true });
    writeFileSync(join(changed, 'datapackage.json'), '{}');
    writeFileSync(join(home.core.home.runFolder(RUN), 'plan.yaml'), 'waybill: 1\nname: another\n');
    rmSync(join(home.core.home.runFolder(OTHER_RUN), 'sql.json'));
    const { absent } = await home.bundle();
    expect(absent).toHaveLength(4);
    expect(existsSync(folder.join('bundle/data/packages'))).toBe(false);
    for (const sentence of absent) expect(read('data/report.html')).toContain(sentence);
    const result = await verify();
    expect(result.verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(result.findings.map((finding) => finding.code)).toEqual(
      expect.arrayContaining(['PACKAGES_ABSENT', 'RUN_FILES_ABSENT']),
    );
  });

  it('tells who, what, when, from, to, rows, masks and outcome of each run', async () => {
    await home.run({ run: RUN, plan: 'crm-migration', purpose: 'CHG-4711' });
    await home.bundle();
    const report = read('data/report.html');
    for (const text of [
      ...['jdoe on desk', 'crm-migration', 'CHG-4711', '2026-11-23T07:05:00.123Z', 'connection shop', 'database crm'],
      ...[`folder ${RUN}`, '4711', 'public.customers.email: pseudonym (person.email)', 'succeeded', 'complete'],
    ])
      expect(report).toContain(text);
  });

  it('tells where packages went, and of a run without an end that it has none', async () => {
    await home.run({ run: RUN });
    const ledger = await home.ledger();
    const to = { correlation: RUN, target: 'partner', destination: { kind: 'sftp', uri: 'sftp://192.0.2.7/in' } };
    await ledger.append('delivery.failed', { ...to, outcome: 'failure', error: 'TARGET/UNREACHABLE' });
    await ledger.append('delivery.sent', { ...to, outcome: 'success' });
    await ledger.append('export.started', { correlation: OTHER_RUN, outcome: 'success', plan: { name: 'other' } });
    await home.bundle();
    const report = read('data/report.html');
    expect(report).toMatch(/delivery\.failed partner sftp:\/\/192\.0\.2\.7\/in \(TARGET\/UNREACHABLE\) at /);
    expect(report).toMatch(/delivery\.sent partner sftp:\/\/192\.0\.2\.7\/in at /);
    expect(report).toContain('<h3>other: no end is recorded</h3>');
  });

  it('has a page that a browser styles and never runs', async () => {
    await home.run({ run: RUN });
    await home.bundle();
    const report = read('data/report.html');
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(report) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(report).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(report).not.toMatch(/<script|\son\w+=|\sstyle=|(?:src|href)=|@import|url\(/i);
    expect(report).toMatch(/@media print/);
  });

  it('promises nothing it cannot keep', async () => {
    await home.run({ run: RUN });
    await home.bundle();
    const text = `${read('data/report.html')}${read('README.txt')}${read('verify.py')}`;
    expect(text).not.toMatch(/tamper-?\s?proof|anonymi[sz]|complian(?:t|ce)|unforgeable|guarantee/i);
    expect(read('data/report.html')).toMatch(/What this cannot show/);
  });

  it('takes names from the ledger as text, on the page and in the table', async () => {
    await home.run({ run: RUN, plan: HOSTILE, table: HOSTILE, purpose: HOSTILE });
    await home.bundle();
    const report = read('data/report.html');
    expect(report).not.toMatch(/<script|<img|\u202e/i);
    expect(report).toContain('&lt;script&gt;');
    expect(report).toContain('[U+202E]');
    expect(report).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/=]+'; /,
    );
    const rows = parseCsv(read('data/entries.csv'), PROFILE).map((row) => row.map((cell) => cell ?? ''));
    expect(rows).toHaveLength(1 + 5);
    expect(rows.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    expect(rows.flat()).toContain(`'${HOSTILE}`);
  });

  it('writes for the owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      await home.run({ run: RUN });
      await home.bundle();
    } finally {
      process.umask(before);
    }
    expect(statSync(folder.join('bundle')).mode & 0o777).toBe(0o700);
    const modes = modesBelow(folder.join('bundle'));
    expect(modes.length).toBeGreaterThan(20);
    for (const [path, mode] of modes) {
      expect([path, mode]).toEqual([path, statSync(folder.join('bundle', path)).isFile() ? 0o600 : 0o700]);
    }
  });

  it('never takes the place of something that is there, and then records nothing', async () => {
    await home.run({ run: RUN });
    writeFileSync(folder.join('bundle'), 'mine');
    await expect(home.bundle()).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
    expect(read('')).toBe('mine');
    expect(await entryTypes()).not.toContain('ledger.exported success');
  });

  it('makes no ledger where there is none', async () => {
    await expect(home.bundle()).rejects.toMatchObject({ code: 'LEDGER/ABSENT' });
    expect(existsSync(folder.join('bundle'))).toBe(false);
  });

  it('records that it failed, and leaves no file behind', async () => {
    const store = createFaultStore(createNodeStore(), {
      fault: 'ENOSPC',
      nth: 1,
      on: (call, path) => call === 'create' && path.endsWith('report.html'),
    });
    home = new BundleHome(folder.path, store);
    await home.run({ run: RUN });
    await expect(home.bundle()).rejects.toMatchObject({ code: 'SPOOL/DISK_FULL' });
    expect((await entryTypes()).slice(-2)).toEqual(['ledger.exported success', 'ledger.exported failure']);
    const left = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.includes('bundle') && statSync(folder.join(path)).isFile(),
    );
    expect(left).toEqual([]);
    expect(existsSync(folder.join('bundle'))).toBe(false);
    await home.bundle();
    expect((await verify()).verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it.each(['entries.jsonl', 'sql.json', 'datapackage.json', 'manifest-sha256.txt'])(
    'stops when it is cancelled while %s is written, and keeps nothing',
    async (name) => {
      const stop = new AbortController();
      const store = createNodeStore();
      const create = (path: string): Promise<FileWriter> => {
        if (path.includes('/.bundle.') && path.endsWith(name)) stop.abort();
        return store.create(path);
      };
      home = new BundleHome(folder.path, { ...store, create });
      await home.run({ run: RUN });
      await expect(home.bundle({ signal: stop.signal })).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
      expect(existsSync(folder.join('bundle'))).toBe(false);
      expect((await entryTypes()).at(-1)).toBe('ledger.exported failure');
    },
  );

  it('is not handed out when the ledger is damaged', async () => {
    await home.run({ run: RUN });
    writeFileSync(folder.join('home/ledger', ledgerName(), 'entries.jsonl'), '');
    await expect(home.bundle()).rejects.toMatchObject({ code: 'LEDGER/TRUNCATED' });
    expect(existsSync(folder.join('bundle'))).toBe(false);
  });

  it('is read back before it gets its name: a byte that changes on its way to the disk is seen', async () => {
    const store = createNodeStore();
    const create = async (path: string): Promise<FileWriter> => {
      const writer = await store.create(path);
      if (!path.endsWith('.partial/data/ledger/entries.jsonl')) return writer;
      const write = writer.write.bind(writer);
      writer.write = (bytes) => write(flipBit(bytes, 100));
      return writer;
    };
    home = new BundleHome(folder.path, { ...store, create });
    await home.run({ run: RUN });
    await expect(home.bundle()).rejects.toMatchObject({ code: 'LEDGER/BROKEN' });
    expect(existsSync(folder.join('bundle'))).toBe(false);
  });
});
