import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from './driver.ts';
import type { RunResult } from './results.ts';

describe('run with deliver in its plan', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = new Desk();
    mkdirSync(desk.path('in box'));
    await desk.json(['target', 'add', 'partner', '--type', 'folder', '--path', 'in box']);
    plan('partner');
  });
  afterEach(() => desk[Symbol.dispose]());

  function plan(target: string): void {
    desk.write(
      'plan.yaml',
      `waybill: 1
name: sample
purpose: test
connection: sample
tables: [{ table: main.customers, columns: [id] }]
format: { type: csv }
deliver:
  - { target: ${target}, path: incoming/ }
`,
    );
  }

  const RUN = ['run', 'plan.yaml', '--out', 'out'];

  it('ends with 0 and says where the package is', async () => {
    const ended = await desk.run(RUN);
    expect([ended.code, ended.stdout]).toEqual([
      0,
      expect.stringMatching(/^Delivered to partner: file:\/\/\S*\/in%20box\/incoming\/sample-\w{26}$/m),
    ]);
    expect(ended.stdout).toMatch(/^ {2}7 files, [\d.]+ KiB in \S+ (ms|s); each file read back, all the same$/m);
    expect(ended.stderr).toMatch(/^datapackage\.json: delivered/m);
    const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
    expect(runs).toMatchObject([
      { state: 'succeeded', deliveries: [{ target: 'partner', state: 'sent', volume: { files: 7 } }] },
    ]);
    const shown = (await desk.run(['runs', 'show', runs[0]?.run ?? ''])).stdout;
    // Whole, so that it can be copied.
    expect(shown).toMatch(/^At partner: file:\/\/\S*\/in%20box\/incoming\/sample-\w{26}$/m);
    // Where its lines break depends on how many digits its figures have.
    expect(shown.replaceAll(/\s+/g, ' ')).toMatch(
      / Delivered to partner: 7 files, [\d.]+ KiB in \S+ (ms|s); each file read back, all the same $/,
    );
  });

  it('shows the targets of a dry run and touches none', async () => {
    const ended = await desk.run([...RUN, '--dry-run']);
    expect(ended.stdout).toMatch(/^Then to partner, folder incoming\/$/m);
    expect(readdirSync(desk.path('in box'))).toEqual([]);
  });

  it('ends with the code of a delivery that failed; the words it gives for later work', async () => {
    writeFileSync(desk.path('in box', 'incoming'), 'in the way');
    const ended = await desk.run([...RUN, '--json']);
    const result = ended.json as RunResult & { deliveries: { state: string; error: { code: string } }[] };
    expect([ended.code, result.state, result.deliveries]).toEqual([
      5,
      'succeeded',
      [
        expect.objectContaining({
          state: 'failed',
          error: expect.objectContaining({ code: 'TARGET/EXISTS' }) as object,
        }),
      ],
    ]);
    expect((await desk.run(['verify', result.package])).code).toBe(0);
    const [, words = ''] =
      /^warning TARGET\/EXISTS: The package is whole at .*\n→ Deliver it later: `waybill (.*)`$/m.exec(ended.stderr) ??
      [];
    expect(words).toBe(`deliver ${result.package} --to partner --path incoming/`);
    desk.write('in box/incoming', '');
    mkdirSync(desk.path('cleared'));
    await desk.json(['target', 'remove', 'partner']);
    await desk.json(['target', 'add', 'partner', '--type', 'folder', '--path', 'cleared']);
    expect(await desk.json(words.split(' '))).toMatchObject({ already: false });
    expect(readdirSync(desk.path('cleared', 'incoming'))).toEqual([expect.stringMatching(/^sample-/)]);
  });

  it('is refused with line and column when the target is unknown', async () => {
    plan('partnr');
    for (const args of [['plan', 'check', 'plan.yaml'], RUN]) {
      const ended = await desk.run(args);
      expect([ended.code, ended.stderr]).toEqual([
        4,
        expect.stringMatching(/^plan\.yaml:8:15: error: TARGET\/ABSENT: There is no target named partnr\.$/m),
      ]);
    }
  });
});
