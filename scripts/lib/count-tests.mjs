import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts of a vitest JSON report. A file that fails without a failed test in it (it does not load, a hook broke)
 * counts as one failure, and so does a run that ends badly without saying why.
 *
 * @param {string} reportPath
 * @param {number} exitCode
 */
export function countTests(reportPath, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(reportPath)) {
    for (const file of JSON.parse(readFileSync(reportPath, 'utf8')).testResults) countFile(file, counts);
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed += 1;
  return counts;
}

function countFile(file, counts) {
  let failedHere = 0;
  for (const { status } of file.assertionResults) {
    if (status === 'passed') counts.passed += 1;
    else if (status === 'failed') failedHere += 1;
    else counts.skipped += 1;
  }
  counts.failed += failedHere === 0 && file.status === 'failed' ? 1 : failedHere;
}
