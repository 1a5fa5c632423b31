import type { FormatLimitFacts, FormatState } from '../../../src-shared/contract/plans.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import type { MaskedTable } from '../../engine/plan/bind-masks.ts';
import { FindingList } from '../../engine/plan/finding-list.ts';
import { parseOptions } from '../../engine/plan/parse-options.ts';
import { textAt, type PlanDocument } from '../../engine/plan/plan-document.ts';
import type { Format, FormatAdvice, FormatContext, FormatLimit } from '../../ports/format.ts';
import { fieldFactsOf } from './adapter-facts.ts';
import { compileDraft } from './compile-draft.ts';
import type { Desk } from './desk.ts';

/** Columns that a limit names; of more, only the number is told. */
const NAMED_COLUMNS = 4;

type Options = Readonly<Record<string, unknown>>;

/** The format of a plan as a form, and what its files do not carry. Options that are wrong are left aside here. */
export async function formatOfDraft(desk: Desk, path: string, signal: AbortSignal): Promise<FormatState> {
  const { plan, parsed, result } = await compileDraft(desk, path, { accept: 'any', signal });
  const { formats, formatContext, migrationTargets } = desk.core.registries;
  const format = formats.get(plan.format.type);
  if (format === undefined) return { fields: [], words: {}, given: {}, limits: [] };
  const written = optionsOf(plan);
  // The load script's profile is the plan's, without being written.
  const target = migrationTargets.get(plan.migrate ?? '');
  const meant = target === undefined ? written : { ...written, profile: target.csvProfile.id };
  const advice = adviceOn(format, { written: meant, document: parsed.document, context: formatContext });
  return {
    fields: fieldFactsOf(format.options).map((field) => {
      const { usual, choices } = advice.options[field.property] ?? {};
      return {
        ...field,
        fallback: usual === undefined ? field.fallback : String(usual),
        choices: choices === undefined ? field.choices : choices.map(({ value }) => value),
      };
    }),
    words: wordsOf(advice),
    given: textsOf(written, parsed.document),
    limits: advice.limits.flatMap((limit) => limitOf(limit, result.found)),
  };
}

function optionsOf({ format: { type: _type, ...options } }: Plan): Options {
  return options;
}

/** As the file spells them. */
function textsOf(written: Options, document: PlanDocument): FormatState['given'] {
  return Object.fromEntries(
    Object.keys(written).flatMap((key) => {
      const text = textAt(document, ['format', key]);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

function wordsOf({ options }: FormatAdvice): FormatState['words'] {
  return Object.fromEntries(
    Object.entries(options).map(([option, { choices = [] }]) => [
      option,
      Object.fromEntries(choices.map(({ value, title }) => [value, title])),
    ]),
  );
}

interface Asked {
  readonly written: Options;
  readonly document: PlanDocument;
  readonly context: FormatContext;
}

/** Advice on the options as far as they can be understood: each that cannot is left out, in the end all are. */
function adviceOn(format: Format, { written, document, context }: Asked): FormatAdvice {
  for (let left = written; ;) {
    const findings = new FindingList(document);
    const asked = { schema: format.options, written: left, path: ['format'], code: 'FORMAT/OPTION_INVALID' } as const;
    const parsed = parseOptions(asked, document, findings);
    const wrong = findings.all().map(({ path }) => String(path?.[1]));
    if (parsed !== undefined) {
      try {
        return format.advise(parsed.options, context);
      } catch (error) {
        if (!isAppError(error, 'FORMAT/OPTION_INVALID')) throw error;
        wrong.push(String(error.context['option']));
      }
    }
    const rest = Object.fromEntries(Object.entries(left).filter(([key]) => !wrong.includes(key)));
    if (Object.keys(left).length === 0) return { options: {}, limits: [] };
    left = Object.keys(rest).length < Object.keys(left).length ? rest : {};
  }
}

function limitOf({ kind, text, concerns }: FormatLimit, tables: readonly MaskedTable[]): FormatLimitFacts[] {
  if (concerns === undefined) return [{ kind, text, columns: [], count: null }];
  const columns = tables.flatMap(({ name, outputColumns }) =>
    outputColumns.filter((column) => concerns(column, outputColumns)).map((column) => `${name}.${column.name}`),
  );
  if (columns.length === 0) return [];
  return [{ kind, text, columns: columns.slice(0, NAMED_COLUMNS), count: columns.length }];
}
