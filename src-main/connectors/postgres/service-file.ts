/**
 * The connection service file of libpq: sections `[name]` of `key=value`.
 * https://www.postgresql.org/docs/current/libpq-pgservice.html
 */

/** What one section says, by key, in its order; null: there is no such section. A key that comes again keeps its first value. */
export function findService(text: string, name: string): ReadonlyMap<string, string> | null {
  let found: Map<string, string> | null = null;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      if (found !== null) break;
      if (line === `[${name}]`) found = new Map();
      continue;
    }
    const at = line.indexOf('=');
    if (found === null || at <= 0) continue;
    const key = line.slice(0, at).trim();
    if (!found.has(key)) found.set(key, line.slice(at + 1).trim());
  }
  return found;
}

/** Names of the sections of a file. */
export function serviceNames(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /^\[(.+)\]$/.exec(line.trim())?.[1] ?? []);
}
