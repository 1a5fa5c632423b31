// What a person who mistyped `--out` reads: always the folder that was asked for, never the hidden one inside it.
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, errorOf } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { RunResult } from './results.ts';

// Root writes everywhere unless it gives the right away.
const under = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override'] : [];

let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  desk.write(
    'plan.yaml',
    `waybill: 1
name: sample
purpose: test
connection: sample
tables: [{ table: main.products, columns: [id] }]
format: { type: csv }
`,
  );
  await desk.json(['plan', 'check', 'plan.yaml', '--accept']);
});
afterAll(() => desk[Symbol.dispose]());

/** Exit code, code and message, after making sure that nothing hidden is named and no run is left behind. */
async function refused(out: string): Promise<[number | null, string, string]> {
  const ended = await desk.run(['run', 'plan.yaml', '--out', out, '--json'], { under });
  expect(ended.stderr).not.toMatch(/\.partial/);
  expect(await desk.json(['runs'])).toMatchObject({ runs: [] });
  const { code, message, remedy } = errorOf(ended);
  expect(remedy).toMatch(/\S/);
  return [ended.code, code, message];
}

describe('the folder of a run', { timeout: 60_000 }, () => {
  it('that may not be written is named as it is, exit 3', async () => {
    mkdirSync(desk.path('locked'));
    chmodSync(desk.path('locked'), 0o500);
    const [exit, code, message] = await refused('locked');
    expect([exit, code]).toEqual([3, 'SPOOL/FOLDER_UNWRITABLE']);
    expect(message).toContain(`${desk.path('locked')} `);
    const below = await refused('locked/a/b');
    expect(below.slice(0, 2)).toEqual([3, 'SPOOL/FOLDER_UNWRITABLE']);
    expect(below[2]).toContain(desk.path('locked/a/b'));
    expect(below[2]).toContain(`${desk.path('locked')} `);
    expect(readTree(desk.path('locked'))).toHaveLength(1);
  });

  it('that is a file, or lies below one, is a conflict that names the file, exit 5', async () => {
    desk.write('file', 'mine');
    for (const out of ['file', 'file/below/it']) {
      const [exit, code, message] = await refused(out);
      expect([out, exit, code]).toEqual([out, 5, 'SPOOL/EXISTS']);
      expect(message).toContain(`${desk.path('file')} is not a folder`);
    }
    expect(desk.read('file')).toBe('mine');
  });

  it('that is absent where none can be made ends with 4', async () => {
    symlinkSync(desk.path('nowhere'), desk.path('dangling'));
    const [exit, code, message] = await refused('dangling/out');
    expect([exit, code]).toEqual([4, 'SPOOL/ABSENT']);
    expect(message).toContain(desk.path('dangling/out'));
  });

  it('is not guessed when its name is empty', async () => {
    const ended = await desk.run(['run', 'plan.yaml', '--out', '', '--json']);
    expect([ended.code, errorOf(ended).code]).toEqual([2, 'CLI/USAGE']);
  });

  it('is made with its parents when it is not there', async () => {
    const { package: folder, run } = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'new/deep/out']);
    expect(folder).toBe(desk.path('new/deep/out', `sample-${run}`));
  });
});
