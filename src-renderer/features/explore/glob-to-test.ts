const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/**
 * Whether a table is meant by what was typed: `*order*` and `sales.*` are globs over the name or `namespace.name`;
 * without `*` and `?` a part of the name is enough. Case does not count.
 */
export function globToTest(typed: string): (name: string, namespace: string) => boolean {
  const wanted = typed.trim().toLowerCase();
  if (!/[*?]/.test(wanted)) {
    return (name, namespace) => name.toLowerCase().includes(wanted) || `${namespace}.${name}`.toLowerCase() === wanted;
  }
  const pattern = new RegExp(
    `^${wanted.replace(SPECIAL, (sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : `\\${sign}`))}$`,
    'su',
  );
  return (name, namespace) => pattern.test(name.toLowerCase()) || pattern.test(`${namespace}.${name}`.toLowerCase());
}
