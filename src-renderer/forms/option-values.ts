import type { OptionFieldFacts } from '../../src-shared/contract/parts.ts';

/** What stands in the fields of a form, by property; nothing for an empty field. */
export type OptionTexts = Readonly<Record<string, string>>;

export const ON = 'true';

/** Texts as options: empty ones are left to the adapter's default; what is no number goes as it is and is refused by name. */
export function optionsOfTexts(fields: readonly OptionFieldFacts[], texts: OptionTexts): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const { property, kind } of fields) {
    const text = texts[property] ?? '';
    if (kind === 'switch') {
      if (text !== '') options[property] = text === ON;
      continue;
    }
    if (text.trim() === '') continue;
    options[property] = kind === 'list' ? listOf(text) : kind === 'number' ? numberOf(text) : text;
  }
  return options;
}

/** Saved options as texts for the fields. */
export function textsOfOptions(
  fields: readonly OptionFieldFacts[],
  options: Readonly<Record<string, unknown>>,
): OptionTexts {
  const texts: Record<string, string> = {};
  for (const { property } of fields) {
    const value = options[property];
    if (Array.isArray(value)) texts[property] = value.map(String).join(', ');
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      texts[property] = String(value);
  }
  return texts;
}

/** Fields that have to be filled and are not. */
export function missingFields(fields: readonly OptionFieldFacts[], texts: OptionTexts): readonly OptionFieldFacts[] {
  return fields.filter(({ property, required }) => required && (texts[property] ?? '').trim() === '');
}

function numberOf(text: string): number | string {
  return /^-?\d{1,15}(?:\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}

function listOf(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
