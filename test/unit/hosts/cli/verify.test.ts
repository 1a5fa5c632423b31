import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliDesk } from '../../../fakes/cli-desk.ts';

interface Verified {
  readonly verdict: string;
  readonly kind: string;
  readonly signer: string;
  readonly path?: string;
  readonly ledgers?: readonly { readonly path: string; readonly verdict: string; readonly kind: string }[];
  readonly findings: readonly { readonly code: string; readonly path?: string; readonly message: string }[];
}

const desk = new CliDesk();
let folder: string;
let bundle: string;

beforeAll(async () => {
  await desk.json(['ledger', 'new']);
  ({ folder } = await desk.json<{ folder: string }>(['ledger', 'checkpoint']));
  const head = 'waybill: 1\nname: p\npurpose: test\nconnection: sample\nformat: { type: csv }\n';
  desk.write('plan.yaml', `${head}tables: [{ table: main.customers, columns: [id] }]\n`);
  ({ package: bundle } = await desk.json<{ package: string }>(['run', 'plan.yaml', '--out', 'out']));
});
afterAll(() => desk[Symbol.dispose]());

const verify = async (path: string): Promise<Verified> => {
  const { stdout } = await desk.run(['verify', path, '--json']);
  return JSON.parse(stdout) as Verified;
};

describe('verify of a home', { timeout: 120_000 }, () => {
  it('finds the ledger in it, and in its folder of ledgers', async () => {
    for (const path of [desk.home, join(desk.home, 'ledger')]) {
      expect(await verify(path)).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'ledger', path: folder });
    }
    const { code, stdout } = await desk.run(['verify', desk.home]);
    expect([code, stdout]).toEqual([0, expect.stringContaining(folder)]);
  });

  it('checks earlier ledgers, too, whose keys are its own', async () => {
    const moved = desk.path('moved');
    cpSync(desk.home, moved, { recursive: true });
    const at = { env: { WAYBILL_HOME: moved } };
    const { origin } = await desk.json<{ origin: string }>(['ledger', 'list'], at);
    await desk.json(['ledger', 'new', '--after', origin], at);
    const both = await desk.json<Verified>(['verify', moved], at);
    expect(both.ledgers?.map(({ verdict }) => verdict)).toEqual([
      'CONSISTENT, NOT ANCHORED',
      'CONSISTENT, NOT ANCHORED',
    ]);
    expect(new Set(both.findings.map(({ code }) => code))).toEqual(new Set(['NOT_ANCHORED']));
    const { vkey } = await desk.json<{ vkey: string }>(['ledger', 'checkpoint', '--ledger', origin], at);
    expect(await desk.json<Verified>(['verify', moved, '--key', vkey], at)).toMatchObject({
      path: expect.any(String) as string,
    });
    // One broken, all broken; the finding says where.
    const old = join(moved, 'ledger', folder.split('/').at(-1) ?? '');
    writeFileSync(join(old, 'checkpoint'), 'nonsense\n');
    const broken = await desk.run(['verify', moved, '--json'], at);
    const result = JSON.parse(broken.stdout) as Verified;
    expect([broken.code, result.verdict]).toEqual([9, 'BROKEN']);
    expect(result.findings[0]).toMatchObject({ code: 'CHECKPOINT_INVALID', path: join(old, 'checkpoint') });
  });

  it('misses a ledger that the home had', async () => {
    const cut = desk.path('cut');
    cpSync(desk.home, cut, { recursive: true });
    rmSync(join(cut, 'ledger'), { recursive: true });
    expect(await desk.refused(['verify', cut])).toMatchObject({ code: 'LEDGER/TRUNCATED', exit: 9 });
  });

  it('says of an empty folder what it wants', async () => {
    expect(await desk.refused(['verify', '.'])).toMatchObject({ code: 'PACKAGE/ABSENT', exit: 4 });
  });
});

describe('verify of a package', () => {
  const changed = async (change: (copy: string) => void): Promise<Verified> => {
    const copy = desk.path(`changed-${readdirSync(desk.folder).length}`);
    cpSync(bundle, copy, { recursive: true });
    change(copy);
    return verify(copy);
  };
  const fileFindings = ({ findings }: Verified) =>
    findings.filter(({ path }) => path === 'data/main.customers.csv').map(({ code }) => code);

  it('says once what is wrong with a file', async () => {
    const file = 'data/main.customers.csv';
    expect(fileFindings(await changed((copy) => writeFileSync(join(copy, file), 'id\r\n1\r\n')))).toEqual([
      'FILE_MISMATCH',
    ]);
    expect(fileFindings(await changed((copy) => rmSync(join(copy, file))))).toEqual(['FILE_MISSING']);
    const extra = await changed((copy) => writeFileSync(join(copy, 'data', 'more.csv'), 'x'));
    expect(extra.findings.filter(({ path }) => path === 'data/more.csv').map(({ code }) => code)).toEqual([
      'FILE_EXTRA',
    ]);
    const unsigned = await changed((copy) => rmSync(join(copy, 'SHA256SUMS')));
    expect(unsigned.findings.filter(({ path }) => path === 'SHA256SUMS')).toHaveLength(1);
  });

  it('prints the verdict alone with --quiet, and why when it is BROKEN', async () => {
    const { stdout } = await desk.run(['verify', bundle, '--quiet']);
    expect(stdout).toMatch(/^CONSISTENT, NOT ANCHORED {2}\(package, ledger size \d+\)\n$/);
    const copy = desk.path('broken-quiet');
    cpSync(bundle, copy, { recursive: true });
    rmSync(join(copy, 'SHA256SUMS'));
    const broken = await desk.run(['verify', copy, '--quiet']);
    expect([broken.code, broken.stdout]).toEqual([9, expect.stringMatching(/FILE_MISSING/)]);
  });
});
