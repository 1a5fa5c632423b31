import { formatCount } from './format-number.ts';

/** A count in few characters, for trees and axes: `14`, `1 860`, `12 k`, `8.9 M`, `1.2 G`. */
export function formatShortCount(count: number): string {
  if (count < 10_000) return formatCount(count);
  const [value, unit] = count < 1e6 ? [count / 1e3, 'k'] : count < 1e9 ? [count / 1e6, 'M'] : [count / 1e9, 'G'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)}\u00a0${unit}`;
}
