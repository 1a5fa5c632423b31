import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { CompiledPlan } from '../../../src-shared/model/compiled-plan.ts';
import { PLAN_FORMATS, type Plan } from '../../../src-shared/model/plan.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { Format } from '../../ports/format.ts';
import type { MigrationTarget } from '../../ports/migration.ts';
import type { CompileRequest } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';
import { parseOptions } from './parse-options.ts';

/** The plan's format with its options; undefined, with findings, where it cannot be written so. */
export function compileFormat(
  plan: Plan,
  request: CompileRequest,
  findings: FindingList,
): CompiledPlan['format'] | undefined {
  const { registries, parsed } = request;
  const { type: id, ...given } = plan.format;
  const format = registries.formats.find((known) => known.id === id);
  const target = registries.migrationTargets.find((known) => known.id === plan.migrate);
  if (target !== undefined && !suitsLoader(plan.format, { format, target }, findings)) return undefined;
  const written = target === undefined ? given : { ...given, profile: target.csvProfile.id };
  if (format !== undefined) {
    const asked = { schema: format.options, written, path: ['format'], code: 'FORMAT/OPTION_INVALID' } as const;
    const parsedOptions = parseOptions(asked, parsed.document, findings);
    if (parsedOptions === undefined) return undefined;
    describeFormat(format, parsedOptions.options, { request, findings });
    return { id, options: parsedOptions.options };
  }
  const known = registries.formats.map((known) => known.id);
  const path = ['format', 'type'];
  const remedy = `Use one of: ${known.join(', ')}.`;
  if ((PLAN_FORMATS as readonly string[]).includes(id)) {
    findings.error('PLAN/FEATURE_UNSUPPORTED', path, { message: `This version cannot write ${id}.`, remedy });
  } else {
    const near = nearest(id, known);
    findings.error('PLAN/ADAPTER_UNKNOWN', path, {
      message: `There is no format ${JSON.stringify(id)}.`,
      remedy: near === undefined ? remedy : `Did you mean ${near}?`,
    });
  }
  return undefined;
}

interface Loading {
  readonly format: Format | undefined;
  readonly target: MigrationTarget;
}

/** The load script reads the product's own profile and no other, whatever a plan says of it. */
function suitsLoader(written: Plan['format'], { format, target }: Loading, findings: FindingList): boolean {
  const { type, profile, ...others } = written;
  const own = target.csvProfile.id;
  if (format?.traits.usesCsvProfiles !== true) {
    findings.error('PLAN/INVALID', ['format', 'type'], {
      message: `The load script for ${target.title} reads CSV, not ${type}.`,
      remedy: 'Use type: csv, or remove migrate.',
    });
    return false;
  }
  if (profile !== undefined && profile !== own) {
    findings.error('PLAN/INVALID', ['format', 'profile'], {
      message: `The load script for ${target.title} reads the profile ${own}.`,
      remedy: 'Remove profile: migrate picks it.',
    });
  }
  for (const option of Object.keys(others)) {
    findings.error('PLAN/INVALID', ['format', option], {
      message: `The load script for ${target.title} reads the profile ${own} as it is.`,
      remedy: `Remove ${option}, or remove migrate.`,
      at: 'key',
    });
  }
  return (profile === undefined || profile === own) && Object.keys(others).length === 0;
}

/** Options that only contradict each other, or the profile they stand over, when they are put together. */
function describeFormat(
  format: Format,
  options: unknown,
  { request, findings }: { readonly request: CompileRequest; readonly findings: FindingList },
): void {
  try {
    format.describe(options, request.registries.formatContext);
  } catch (error) {
    const option = isAppError(error) ? error.context['option'] : undefined;
    findings.thrown(error, typeof option === 'string' ? ['format', option] : ['format']);
  }
}
