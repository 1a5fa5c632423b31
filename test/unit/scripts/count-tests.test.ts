import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countTests } from '../../../scripts/lib/count-tests.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-count-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function reportOf(...files: readonly { status: string; tests: readonly string[] }[]): string {
  const path = join(folder, 'report.json');
  const testResults = files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  }));
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
}

it('counts each test by what became of it', () => {
  const report = reportOf({ status: 'failed', tests: ['passed', 'failed', 'skipped', 'pending', 'todo', 'passed'] });
  expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 3 });
});

it('counts a file that does not load as one failure', () => {
  expect(countTests(reportOf({ status: 'failed', tests: [] }, { status: 'passed', tests: ['passed'] }), 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

it('counts a run that ends badly without a word as one failure', () => {
  expect(countTests(reportOf({ status: 'passed', tests: ['passed'] }), 1).failed).toBe(1);
  expect(countTests(join(folder, 'never-written.json'), 130).failed).toBe(1);
});
