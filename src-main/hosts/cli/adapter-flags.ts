import { optionFields, type OptionField } from '../../app/option-fields.ts';
import type { Connector } from '../../ports/connector.ts';
import type { FlagSpec, Flags } from './command.ts';
import { usage } from './parse-arguments.ts';

interface OwnField {
  readonly adapter: string;
  readonly field: OptionField;
}

/** Flags of all options of some adapters, each with what holds without it; one flag serves all that have it. */
export function adapterFlags(adapters: readonly Pick<Connector, 'id' | 'options'>[]): Record<string, FlagSpec> {
  const all = adapters.flatMap(({ id, options }) => optionFields(options).map((field) => ({ adapter: id, field })));
  const flags: Record<string, FlagSpec> = {};
  for (const { field } of all) {
    const own = all.filter((other) => other.field.flag === field.flag);
    flags[field.flag] ??= specOf(field, withoutIt(own, adapters.length));
  }
  return flags;
}

function specOf({ kind, title, choices, flag }: OptionField, without: string): FlagSpec {
  return {
    kind: kind === 'switch' ? 'switch' : 'text',
    help: `${title} (${without})`,
    ...(kind === 'switch' ? {} : { value: choices?.join('|') ?? flag.toUpperCase() }),
  };
}

/** What holds where a flag is not given: `default: 22`; where not all adapters have it, or they differ, for each. */
function withoutIt(own: readonly OwnField[], adapters: number): string {
  const groups = Map.groupBy(own, ({ field: { required, usual, fallback } }) => {
    const holds = usual ?? fallback;
    return required ? 'required' : holds === null ? 'optional' : `default ${holds}`;
  });
  if (groups.size === 1 && own.length === adapters) return [...groups.keys()].join('');
  return [...groups].map(([words, those]) => `${those.map(({ adapter }) => adapter).join(', ')}: ${words}`).join('; ');
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
