import type { OptionFieldFacts } from '../../../src-shared/contract/parts.ts';

/** What was typed, as the adapter's schema wants it; what was left empty is not given. */
export function optionsOf(
  fields: readonly OptionFieldFacts[],
  values: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const given = fields.flatMap(({ property, kind }): [string, unknown][] => {
    const value = values[property] ?? '';
    if (value === '') return [];
    if (kind === 'switch') return [[property, value === 'true']];
    if (kind === 'list') return [[property, value.split(/[\s,]+/).filter((part) => part !== '')]];
    return [[property, value]];
  });
  return Object.fromEntries(given);
}
