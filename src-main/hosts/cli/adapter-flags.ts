import { optionFields, type OptionField } from '../../app/option-fields.ts';
import type { Connector } from '../../ports/connector.ts';
import type { FlagSpec, Flags } from './command.ts';
import { usage } from './parse-arguments.ts';

/** Flags of all options of some adapters; one flag serves all that have it. */
export function adapterFlags(schemas: readonly Connector['options'][]): Record<string, FlagSpec> {
  const flags: Record<string, FlagSpec> = {};
  for (const field of schemas.flatMap((schema) => optionFields(schema))) {
    flags[field.flag] ??= {
      kind: field.kind === 'switch' ? 'switch' : 'text',
      help: field.title,
      ...(field.kind === 'switch' ? {} : { value: field.choices?.join('|') ?? field.flag.toUpperCase() }),
    };
  }
  return flags;
}

/** Option values as given on the command line; what was not given is left to the schema. */
export function optionValues(fields: readonly OptionField[], flags: Flags): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    if (!flags.has(field.flag)) continue;
    const text = flags.text(field.flag) ?? '';
    if (field.kind === 'number' && !/^\d{1,15}$/.test(text))
      throw usage(`--${field.flag} is not a number.`, `Write --${field.flag} N.`);
    values[field.property] = field.kind === 'switch' ? true : field.kind === 'number' ? Number(text) : text;
  }
  return values;
}
