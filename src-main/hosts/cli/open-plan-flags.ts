import { resolve } from 'node:path';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { openPlan, type OpenPlan } from '../../app/open-plan.ts';
import type { FlagSpec, Invocation } from './command.ts';
import type { Output } from './output.ts';
import { usage } from './parse-arguments.ts';

export const PARAM_FLAG: FlagSpec = {
  kind: 'text',
  value: 'K=V',
  many: true,
  help: 'value of a parameter of the plan',
};

/** Opens the plan file a command names, with `--param`, `--only` and what is accepted; `ahead`: as a look before a run. */
export async function openPlanOf(
  { core, flags, io, positionals, signal }: Invocation,
  accept: 'none' | 'unsigned' | 'any',
  ahead = false,
): Promise<OpenPlan> {
  const params = flags.texts('param').map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw usage(`--param ${text} has no value.`, 'Write --param name=value.');
    return [text.slice(0, at), text.slice(at + 1)];
  });
  const file = positionals[0] ?? '';
  return openPlan(await core(), {
    path: resolve(io.cwd, file),
    shownAs: file,
    params: Object.fromEntries(params),
    only: flags.texts('only').flatMap((text) => text.split(',')),
    accept,
    ahead,
    signal,
  });
}

/** Findings that do not stop a run, as warnings. */
export function warnOf(findings: readonly Finding[], output: Output, file: string): void {
  for (const finding of findings) output.warning({ ...finding, place: placeOf(finding, file) });
}

function placeOf({ line, column }: Finding, file: string): string | undefined {
  return line === undefined ? undefined : `${file}:${line}:${column ?? 1}`;
}
