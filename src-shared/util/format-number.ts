/** Keeps the groups of a number on one line; a terminal shows it as a blank. */
const GROUP_MARK = '\u00a0';

/** A whole number for people: `40 878 120`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, GROUP_MARK);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A size for people in binary units: `512 B`, `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // What would be shown as 1024.0 is 1.0 of the next unit.
  for (; value >= 1023.95 && unit < UNITS.length - 1 && (unit > 0 || value >= 1024); unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

/** A count and its noun: `1 table`, `3 tables`, `2 entries`. */
export function counted(count: number, singular: string, plural = pluralOf(singular)): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** `are` for many, `is` for one. */
export function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** `were` for many, `was` for one. */
export function wasOrWere(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function pluralOf(noun: string): string {
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
