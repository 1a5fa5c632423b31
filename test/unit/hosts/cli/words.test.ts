import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliDesk, type Shown } from '../../../fakes/cli-desk.ts';

const PLAN = `waybill: 1
name: sample
purpose: test
connection: sample
params: { unused: "x" }
tables: [{ table: main.customers, columns: [id] }]
format: { type: csv }
`;

const desk = new CliDesk();
let said: Shown;
let quiet: Shown;

beforeAll(async () => {
  desk.write('plan.yaml', PLAN);
  said = await desk.run(['run', 'plan.yaml', '--out', 'out']);
  quiet = await desk.run(['run', 'plan.yaml', '--out', 'out', '--quiet']);
});
afterAll(() => desk[Symbol.dispose]());

describe('the words of a run', () => {
  it('are at most 80 columns wide but for what must stay whole', () => {
    const wide = `${said.stdout}${said.stderr}`.split('\n').filter((line) => line.length > 80);
    expect(wide.filter((line) => !line.startsWith('Package: '))).toEqual([]);
  });

  it('speak of one table in the singular', () => {
    expect(said.stdout).toMatch(/^Complete: 1 of 1 table:/);
  });

  it('warn with code, fact, the place in the plan, and remedy', () => {
    expect(said.stderr).toMatch(/^warning PLAN\/\w+: .*unused[^→]*\(plan\.yaml:5:\d+\)\n→ \S/m);
  });

  it('are, with --quiet, the result line and nothing else', () => {
    expect(quiet).toEqual({ code: 0, stdout: expect.stringMatching(/^Complete: [^\n]*\n$/) as string, stderr: '' });
  });

  it('are errors with --quiet, too', async () => {
    const broken = desk.write('broken.yaml', PLAN.replace('columns', 'colums'));
    const { code, stdout, stderr } = await desk.run(['run', broken, '--quiet']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/broken\.yaml:6:\d+: error: PLAN\/INVALID: /);
  });
});
