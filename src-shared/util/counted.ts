const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number for people: `1,234,567`. */
export function numberText(value: number): string {
  return grouped.format(value);
}

/** A number with its noun: `1 table`, `1,200 tables`, `2 queries` with the plural given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${numberText(count)} ${count === 1 ? noun : plural}`;
}
