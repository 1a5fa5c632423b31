/** `*` and `?` only: the brackets of `[host]:port` stand for themselves. Linear in memory, so no pattern can stall. */
export function matchesPattern(pattern: string, name: string): boolean {
  let reached = new Set([0]);
  for (const char of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (char === '*') for (let to = at; to <= name.length; to++) next.add(to);
      else if (at < name.length && (char === '?' || char === name[at])) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(name.length);
}
