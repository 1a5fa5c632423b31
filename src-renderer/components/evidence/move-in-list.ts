/** Where a key leads; undefined: nowhere. */
export function moveOf(
  key: string,
  { from, page, last }: { readonly from: number | null; readonly page: number; readonly last: number },
): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Enter: 0 }[key];
  if (by === undefined) return undefined;
  return from === null ? 0 : from + by;
}
