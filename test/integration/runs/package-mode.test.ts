import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree } from '../../e2e/cli/read-tree.ts';
import { newHome, type Home } from '../targets/rig.ts';
import { eventsOf, runSample, samplePlan } from './rig.ts';

describe('the mode of a package', () => {
  let home: Home;
  const before = process.umask();
  beforeEach(async () => {
    home = await newHome();
  });
  afterEach(() => {
    process.umask(before);
    home[Symbol.dispose]();
  });

  function modesOf(root: string): { files: Set<string>; folders: Set<string> } {
    const tree = readTree(root);
    const of = (kind: string) => new Set(tree.filter((entry) => entry.kind === kind).map(({ mode }) => mode));
    return { files: of('file'), folders: of('folder') };
  }

  for (const umask of [0o000, 0o077]) {
    it.each([
      ['0640', '640', '750'],
      ['0644', '644', '755'],
      ['660', '660', '770'],
      ['0600', '600', '700'],
    ])(`is %s under umask ${umask.toString(8)}, of the package and of nothing else`, async (mode, files, folders) => {
      process.umask(umask);
      const result = await runSample(home, samplePlan(`package: { mode: ${mode} }\n`));
      expect(modesOf(result.package ?? '')).toEqual({ files: new Set([files]), folders: new Set([folders]) });
      expect(modesOf(home.core.home.runFolder(result.run))).toEqual({
        files: new Set(['600']),
        folders: new Set(['700']),
      });
      expect(modesOf(home.core.home.ledgerFolder).files).toEqual(new Set(['600']));
    });

    it(`is 0600 and 0700 under umask ${umask.toString(8)} when the plan does not say`, async () => {
      process.umask(umask);
      const result = await runSample(home, samplePlan());
      expect(modesOf(result.package ?? '')).toEqual({ files: new Set(['600']), folders: new Set(['700']) });
    });
  }

  it('is recorded in the entry that ends the export', async () => {
    await runSample(home, samplePlan('package: { mode: 640 }\n'));
    expect(eventsOf(home).at(-1)).toMatchObject({ type: 'export.completed', data: { destination: { mode: '0640' } } });
  });

  it.each(['0777', '0666', '0400', '0060', '0755', '0602', '1640', '640x'])('cannot be %s', async (mode) => {
    await expect(runSample(home, samplePlan(`package: { mode: ${mode} }\n`))).rejects.toMatchObject({
      code: 'PLAN/INVALID',
      message: expect.stringContaining('(line 7, column 18)') as string,
    });
  });
});
