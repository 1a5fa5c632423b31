/** A list of texts as the server's array text, to be bound as one value. */
export function arrayLiteral(items: readonly (string | number)[]): string {
  const quoted = items.map((item) => `"${String(item).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  return `{${quoted.join(',')}}`;
}
