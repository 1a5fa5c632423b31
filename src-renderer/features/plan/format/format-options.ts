import type { OptionFieldFacts } from '../../../../src-shared/contract/parts.ts';
import type { FormatState } from '../../../../src-shared/contract/plans.ts';
import type { Plan } from '../../../../src-shared/model/plan.ts';
import { ON } from '../../../forms/option-values.ts';

type PlanFormat = Plan['format'];

/** Text of an option as the plan gives it; null: it does not. */
export function givenText(format: PlanFormat, property: string, given: FormatState['given']): string | null {
  const value = format[property];
  if (value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  // The file spells a number or null in its own way: 007, NULL.
  return given[property] ?? JSON.stringify(value);
}

/** The format with an option set; null, and what says no more than the usual, takes it out. */
export function withOption(format: PlanFormat, field: OptionFieldFacts, value: string | null): PlanFormat {
  const { [field.property]: _before, ...rest } = format;
  const others: PlanFormat = { ...rest, type: format.type };
  if (value === null || (value === '' && field.empty === null)) return others;
  if (field.kind === 'switch') return value === field.fallback ? others : { ...format, [field.property]: value === ON };
  const isNumber = field.kind === 'number' && /^-?\d{1,15}(?:\.\d+)?$/.test(value);
  return { ...format, [field.property]: isNumber ? Number(value) : value };
}
