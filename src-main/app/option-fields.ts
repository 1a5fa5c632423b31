import { z } from 'zod';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../src-shared/errors/catalog.ts';
import { nearest } from '../../src-shared/util/nearest.ts';

/** One option of an adapter, read off its schema: forms and flags are made from these. */
export interface OptionField {
  readonly property: string;
  /** Name of the command line flag, without dashes. */
  readonly flag: string;
  readonly title: string;
  readonly kind: 'text' | 'number' | 'switch';
  readonly choices: readonly string[] | null;
}

interface PropertySchema {
  type?: string;
  title?: string;
  flag?: string;
  enum?: unknown[];
  anyOf?: PropertySchema[];
}

/** The options of an adapter in schema order. */
export function optionFields(schema: z.ZodType): readonly OptionField[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, PropertySchema>;
  };
  return Object.entries(json.properties ?? {}).map(([property, field]) => {
    const inner = field.anyOf?.find((option) => option.type !== 'null') ?? field;
    const type = field.type ?? inner.type;
    return {
      property,
      flag: field.flag ?? property,
      title: field.title ?? property,
      kind: type === 'boolean' ? 'switch' : type === 'integer' || type === 'number' ? 'number' : 'text',
      choices: (field.enum ?? inner.enum ?? []).length === 0 ? null : (field.enum ?? inner.enum ?? []).map(String),
    };
  });
}

/** Validates options; the first problem becomes an error with the flag's name. */
export function parseOptions<T>(schema: z.ZodType<T>, options: unknown, code: ErrorCode): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const known = optionFields(schema).map((field) => field.property);
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const near = unknown === undefined ? undefined : nearest(unknown, known);
  throw appError(code, {
    message:
      unknown === undefined
        ? `The option ${issue?.path.join('.') ?? ''} is not right: ${issue?.message ?? 'invalid'}.`
        : `There is no option "${unknown}" here.`,
    remedy: near === undefined ? `Known options: ${known.join(', ')}.` : `Did you mean "${near}"?`,
  });
}
