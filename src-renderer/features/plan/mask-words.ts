/** A mask as it is said in a pill: `partial, keepLast 4`. */
export function maskWords({ mask, class: _class, ...options }: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : String(value)}`);
  return [String(mask), ...said].join(', ');
}
