import type { OptionFieldFacts } from '../../src-shared/contract/parts.ts';

/** A line of a form: properties with their widths in CSS grid terms, e.g. `1fr`, `72px`. */
export type FormLine = Readonly<Record<string, string>>;

/** A rule over the names of options, not over adapters: whichever has these names gets this line. */
export const ADDRESS_LINE: FormLine = { host: '1fr', port: '72px', database: '160px' };

export interface LaidOutLine {
  readonly fields: readonly OptionFieldFacts[];
  readonly columns: string;
}

/** Fields in lines: those of a rule together where its first is, every other one on a line of its own. */
export function layOutFields(fields: readonly OptionFieldFacts[], lines: readonly FormLine[]): readonly LaidOutLine[] {
  const left = new Map(fields.map((field) => [field.property, field]));
  const laidOut: LaidOutLine[] = [];
  for (const field of fields) {
    if (!left.has(field.property)) continue;
    const rule = lines.find((line) => field.property in line) ?? { [field.property]: '1fr' };
    const together = Object.keys(rule)
      .map((property) => left.get(property))
      .filter((found) => found !== undefined);
    for (const { property } of together) left.delete(property);
    laidOut.push({ fields: together, columns: together.map(({ property }) => rule[property] ?? '1fr').join(' ') });
  }
  return laidOut;
}
