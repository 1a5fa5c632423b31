import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runDemo, type DemoResult } from '../../../app/run-demo.ts';
import type { Command, Invocation } from '../command.ts';
import { progressMode, showProgress } from '../progress.ts';
import { showPreview } from '../show-preview.ts';
import { exportExit, exportJson, showExport } from './run.ts';
import { showVerdict } from './verify.ts';

export const demoCommand: Command = {
  path: ['demo'],
  summary: 'The whole journey on the built-in sample database: mask, preview, run, verify, bundle.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: { out: { kind: 'text', value: 'DIR', help: 'folder for package and bundle (default: a new temporary one)' } },
  example: 'waybill demo --out ./first-look',
  run: async (invocation) => {
    const { flags, io } = invocation;
    const out = flags.has('out')
      ? resolve(io.cwd, flags.text('out') ?? '.')
      : await mkdtemp(join(tmpdir(), 'waybill-demo-'));
    if (flags.has('home')) return runIn(invocation, await invocation.core(), out);
    const home = await mkdtemp(join(tmpdir(), 'waybill-demo-home-'));
    const composition = await invocation.demoCore(home);
    try {
      return await runIn(invocation, composition.core, out);
    } finally {
      await composition.close();
      await rm(home, { recursive: true, force: true });
    }
  },
};

async function runIn(
  invocation: Invocation,
  core: Awaited<ReturnType<Invocation['core']>>,
  out: string,
): Promise<number> {
  const { flags, io, output, signal } = invocation;
  const result = await runDemo(core, {
    out,
    plan: core.assets.samplePlan,
    signal,
    onEvent: showProgress(progressMode(flags.text('progress'), io, output.quiet), io),
  });
  const { run, verify, ledger, bundle } = result;
  output.result({ run: exportJson(run), verify, ledger, bundle }, () => show(result, invocation));
  if (verify.verdict === 'BROKEN' || ledger.verdict === 'BROKEN' || bundle.verdict === 'BROKEN') return 9;
  return exportExit(run, { output, requireProof: false });
}

function show({ preview, run, verify, bundle }: DemoResult, { output, io }: Invocation): void {
  if (preview !== undefined && !output.quiet) {
    showPreview(preview, { output, io });
    output.line();
  }
  showExport(run, output);
  output.detail();
  output.detail('The package verifies:');
  showVerdict(verify, output);
  output.detail();
  output.detail('The bundle for an auditor verifies:');
  showVerdict(bundle, output);
}
