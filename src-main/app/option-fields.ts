import { z } from 'zod';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../src-shared/errors/catalog.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { schemaProblems, type SchemaProblem } from '../../src-shared/util/schema-problems.ts';

/** One option of an adapter, read off its schema: forms and flags are made from these. */
export interface OptionField {
  readonly property: string;
  /** Name of the command line flag, without dashes. */
  readonly flag: string;
  readonly title: string;
  readonly kind: 'text' | 'number' | 'switch' | 'list';
  readonly choices: readonly string[] | null;
  /** Has to be given: there is no default. */
  readonly required: boolean;
  /** The default as text; null: none. */
  readonly fallback: string | null;
  /** What holds where it is not given, in words, where no one value says it; null: the default does, or nothing holds. */
  readonly usual: string | null;
  /** What more there is to know, in one sentence; null: the title says all. */
  readonly hint: string | null;
  /** The text is characters that a file is made with: a tab or a line break is as likely as a letter. */
  readonly characters: boolean;
  /** What an empty text means; null: the same as none. */
  readonly empty: string | null;
  /** The title of the secret that may lock what the option names, such as a key file; null: nothing is locked there. */
  readonly secret: string | null;
}

interface PropertySchema {
  type?: string;
  title?: string;
  description?: string;
  flag?: string;
  usual?: string;
  characters?: boolean;
  empty?: string;
  secret?: string;
  enum?: unknown[];
  items?: PropertySchema;
  default?: unknown;
  anyOf?: PropertySchema[];
}

/** The options of an adapter in schema order. */
export function optionFields(schema: z.ZodType): readonly OptionField[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, PropertySchema>;
    required?: string[];
  };
  return Object.entries(json.properties ?? {}).map(([property, field]) => {
    const inner = field.anyOf?.find((option) => option.type !== 'null') ?? field;
    const type = field.type ?? inner.type;
    const choices = (field.enum ?? inner.enum ?? inner.items?.enum ?? []).map(String);
    const fallback = field.default ?? inner.default;
    return {
      property,
      flag: field.flag ?? property,
      title: field.title ?? property,
      kind: kindOf(type),
      choices: choices.length === 0 ? null : choices,
      required: (json.required ?? []).includes(property) && fallback === undefined,
      fallback: spelled(fallback),
      usual: field.usual ?? null,
      hint: field.description ?? null,
      characters: field.characters === true,
      empty: field.empty ?? null,
      secret: field.secret ?? null,
    };
  });
}

function spelled(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function kindOf(type: string | undefined): OptionField['kind'] {
  if (type === 'boolean') return 'switch';
  if (type === 'array') return 'list';
  return type === 'integer' || type === 'number' ? 'number' : 'text';
}

/** Validates options; what is wrong becomes one error that names the options. */
export function parseOptions<T>(schema: z.ZodType<T>, options: unknown, code: ErrorCode): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw appError(code, refusal(schema, schemaProblems(schema, options)));
}

function refusal(
  schema: z.ZodType,
  problems: readonly SchemaProblem[],
): { message: string; remedy: string; context: { option: string } } {
  const fields = optionFields(schema);
  const known = fields.map((field) => field.property);
  const flags = (names: readonly string[]): string =>
    names.map((name) => `--${fields.find((field) => field.property === name)?.flag ?? name}`).join(', ');
  const named = (kind: SchemaProblem['kind']) => problems.filter((problem) => problem.kind === kind);
  const [unknown] = named('unknown').map(({ path }) => String(path.at(-1)));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    const remedy = near === undefined ? `Known options: ${known.join(', ')}.` : `Did you mean ${near}?`;
    return { message: `There is no option ${JSON.stringify(unknown)} here.`, remedy, context: { option: unknown } };
  }
  const missing = named('missing').map(({ path }) => String(path[0]));
  if (missing.length > 0) {
    const last = missing.at(-1) ?? '';
    const list = missing.length === 1 ? last : `${missing.slice(0, -1).join(', ')} and ${last}`;
    return {
      message: missing.length === 1 ? `The option ${list} is missing.` : `The options ${list} are missing.`,
      remedy: `Give ${missing.length === 1 ? 'it' : 'them'}; on the command line: ${flags(missing)}.`,
      context: { option: missing[0] ?? '' },
    };
  }
  const [wrong] = problems;
  const name = wrong?.path.join('.') ?? '';
  return {
    message: `The ${name === '' ? 'options' : `option ${name}`} ${wrong?.words ?? 'cannot be used'}.`,
    remedy: name === '' ? `Known options: ${known.join(', ')}.` : `Change it; on the command line: ${flags([name])}.`,
    context: { option: String(wrong?.path[0] ?? '') },
  };
}
