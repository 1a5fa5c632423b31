import { resolve } from 'node:path';
import { openPlan, PlanFindings, type OpenPlan } from '../../app/open-plan.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import type { FlagSpec, Invocation } from './command.ts';
import type { Output } from './output.ts';
import { usage } from './parse-arguments.ts';

export const PARAM_FLAG: FlagSpec = {
  kind: 'text',
  value: 'K=V',
  many: true,
  help: 'value of a parameter of the plan',
};

/** Opens the plan file a command names, with `--param`, `--only` and what is accepted. */
export async function openPlanOf(invocation: Invocation, accept: 'none' | 'unsigned' | 'any'): Promise<OpenPlan> {
  const { core, flags, io, output, positionals, signal } = invocation;
  const params = flags.texts('param').map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw usage(`--param ${text} has no value.`, 'Write --param name=value.');
    return [text.slice(0, at), text.slice(at + 1)];
  });
  try {
    return await openPlan(await core(), {
      path: resolve(io.cwd, positionals[0] ?? ''),
      params: Object.fromEntries(params),
      only: flags.texts('only').flatMap((text) => text.split(',')),
      accept,
      signal,
    });
  } catch (error) {
    if (error instanceof PlanFindings) showFindings(error.findings, output, positionals[0] ?? '');
    throw error;
  }
}

/** Findings, one per line as `file:line:column`, so that an editor can jump there. */
export function showFindings(findings: readonly Finding[], output: Output, file: string): void {
  for (const finding of findings) {
    const place = finding.line === undefined ? file : `${file}:${finding.line}:${finding.column ?? 1}`;
    output.note(`${place}: ${finding.severity}: ${finding.code}: ${finding.message}`);
    if (finding.remedy !== undefined) output.note(`  → ${finding.remedy}`);
  }
}
