// npm test [-- FILTER…]: every check there is; ends with one line, `N passed, N failed`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests } from './lib/count-tests.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { ensureSystemPackages } from './lib/ensure-system-packages.mjs';
import { runScript } from './lib/failure.mjs';
import { pinnedNode } from './lib/pinned-node.mjs';
import { projectRoot } from './lib/project-root.mjs';
import { relay, relayToEnd } from './lib/relay.mjs';
import { runCommand } from './lib/run-command.mjs';

const STEPS = ['build', 'typecheck', 'lint', 'format:check'];

await runScript(async () => {
  await ensureInstalled(projectRoot);
  await ensureSystemPackages();
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const step of STEPS) totals[(await passes(step)) ? 'passed' : 'failed'] += 1;
  const filters = process.argv.slice(2);
  const tests = await runTests(filters);
  for (const key of Object.keys(totals)) totals[key] += tests[key];
  if (filters.length === 0) totals[(await benches()) ? 'passed' : 'failed'] += 1;
  process.exitCode = report(totals);
});

async function passes(step) {
  process.stdout.write(`${step} … `);
  const startedAt = Date.now();
  const { code, output } = await runCommand('npm', ['run', '--silent', step], { cwd: projectRoot });
  process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`);
  if (code !== 0) process.stdout.write(output);
  return code === 0;
}

async function runTests(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-report-'));
  const reportPath = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
    const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs');
    const exitCode = await relay(pinnedNode(projectRoot), [vitest, 'run', ...reporters, ...filters], {
      cwd: projectRoot,
    });
    return countTests(reportPath, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A short run of the bench: its contenders must write the same rows. What it times is shown and decides nothing. */
async function benches() {
  process.stdout.write('bench …\n');
  const { code } = await relayToEnd(pinnedNode(projectRoot), ['test/bench/main.ts', '--quick'], { cwd: projectRoot });
  process.stdout.write(`bench … ${code === 0 ? 'ok' : 'FAILED'}\n`);
  return code === 0;
}

/** Prints the last line and returns the exit code. In CI nothing may be left out: a skipped test is a failed one. */
function report({ passed, failed, skipped }) {
  const isContinuous = process.env.CI === 'true';
  const allFailed = failed + (isContinuous ? skipped : 0);
  const remark = skipped > 0 && !isContinuous ? `, ${skipped} skipped` : '';
  process.stdout.write(`${passed} passed, ${allFailed} failed${remark}\n`);
  return allFailed === 0 ? 0 : 1;
}
