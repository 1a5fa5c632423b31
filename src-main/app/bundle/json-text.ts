import { isJsonObject } from '../../../src-shared/proof/parse-json.ts';

/** The text or number at a path inside JSON; `''` when there is none. */
export function jsonText(value: unknown, ...path: readonly string[]): string {
  let at = value;
  for (const name of path) at = isJsonObject(at) ? at[name] : undefined;
  if (typeof at === 'string') return at;
  return typeof at === 'number' || typeof at === 'boolean' ? String(at) : '';
}
