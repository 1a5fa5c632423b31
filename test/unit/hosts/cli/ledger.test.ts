import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliDesk } from '../../../fakes/cli-desk.ts';

let desk: CliDesk;
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

interface List {
  readonly origin: string;
  readonly folder: string;
  readonly size: number;
  readonly entries: readonly { readonly type: string }[];
  readonly ledgers: readonly { readonly origin: string; readonly folder: string; readonly current: boolean }[];
}

const list = (...more: string[]) => desk.json<List>(['ledger', 'list', ...more]);

describe('a home without a ledger', () => {
  it('lists none, exit 0, and makes nothing', async () => {
    const { code, stdout } = await desk.run(['ledger', 'list']);
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([0, expect.stringMatching(/^There is no ledger yet\. /)]);
    expect(await list()).toEqual({ origin: null, folder: null, size: 0, entries: [], ledgers: [] });
  });

  it('sends nobody in a circle', async () => {
    for (const args of [
      ['ledger', 'checkpoint'],
      ['ledger', 'show', '0'],
    ]) {
      const { code, exit, said } = await desk.refused(args);
      expect([code, exit, said]).toEqual(['LEDGER/ABSENT', 4, expect.stringContaining('waybill ledger new')]);
    }
    const other = await desk.refused(['ledger', 'list', '--ledger', 'waybill-ledger/x']);
    expect([other.code, other.exit, other.said]).toEqual(['LEDGER/ABSENT', 4, expect.stringContaining('ledger list')]);
  });

  it('is not one that lost the public key of its ledger', async () => {
    await desk.json(['ledger', 'new']);
    rmSync(join(desk.home, 'keys'), { recursive: true });
    expect(await desk.refused(['ledger', 'list'])).toMatchObject({ code: 'LEDGER/KEY_LOST', exit: 3 });
  });
});

describe('an earlier ledger', { timeout: 120_000 }, () => {
  it('is listed, and its entries and checkpoint can be had', async () => {
    const old = await desk.json<{ origin: string }>(['ledger', 'new']);
    const now = await desk.json<{ origin: string }>(['ledger', 'new', '--after', old.origin]);
    const current = await list();
    expect(current.ledgers.map(({ origin, current: is }) => [origin, is])).toEqual([
      [now.origin, true],
      [old.origin, false],
    ]);
    const person = await desk.run(['ledger', 'list']);
    expect(person.stdout).toMatch(new RegExp(`^An earlier ledger, [^]*${old.origin}`, 'm'));
    const earlier = await list('--ledger', old.origin);
    expect(earlier).toMatchObject({ origin: old.origin, folder: current.ledgers[1]?.folder });
    expect(earlier.entries.map(({ type }) => type)).toEqual(['ledger.created', 'ledger.closed']);
    expect(await desk.json(['ledger', 'show', '1', '--ledger', old.origin])).toMatchObject({
      entry: { type: 'ledger.closed' },
    });
    const { checkpoint } = await desk.json<{ checkpoint: string }>(['ledger', 'checkpoint', '--ledger', old.origin]);
    expect(checkpoint.split('\n').slice(0, 2)).toEqual([old.origin, '2']);
  });
});

describe('the ledger', () => {
  beforeEach(() => desk.json(['ledger', 'new']));

  it('says where it lies', async () => {
    const { folder } = await list();
    expect((await desk.run(['ledger', 'list'])).stdout).toContain(`\nFolder: ${folder}\n`);
    expect((await desk.run(['ledger', 'list'])).stdout).toMatch(/: 1 entry\n/);
    const { stdout, stderr } = await desk.run(['ledger', 'checkpoint']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`Ledger folder: ${folder}`);
    expect(stdout).toMatch(/^waybill-ledger\/\S+\n1\n\S+\n\n— \S+ \S+\n$/);
  });

  it('tells the sender the fingerprint that the recipient is told to compare', async () => {
    const { fingerprint } = await desk.json<{ fingerprint: string }>(['ledger', 'checkpoint']);
    expect((await desk.run(['ledger', 'checkpoint'])).stderr).toContain(fingerprint);
    const elsewhere = { env: { WAYBILL_HOME: `${desk.home}-elsewhere` } };
    const verified = await desk.run(['verify', (await list()).folder], elsewhere);
    expect(verified.stdout.replaceAll(/\s+/g, ' ')).toContain(
      `SIGNER_UNPINNED: The signer is not known here: compare ${fingerprint} (`,
    );
  });

  it('shows an entry as it was signed, however long its line is', async () => {
    const { stdout } = await desk.run(['ledger', 'show', '0']);
    const line = stdout.split('\n').find((each) => each.startsWith('{')) ?? '';
    expect(line.length).toBeGreaterThan(200);
    expect(JSON.parse(line)).toMatchObject({ type: 'ledger.created' });
  });

  it('tells what a checkpoint is for', async () => {
    const { stdout } = await desk.run(['ledger', 'checkpoint', '--help']);
    expect(stdout).toMatch(/auditor/);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/To compare later/);
  });
});
