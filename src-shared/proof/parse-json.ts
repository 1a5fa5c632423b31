import { fromUtf8 } from '../util/utf8.ts';
import { accepted, refused, type Parsed } from './parsed.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than anything written here; deeper input would make hosts differ by the size of their stack. */
const MAX_DEPTH = 64;

/**
 * Reads a JSON object that need not be canonical. A name that occurs twice is refused: which of the two counts would depend
 * on who reads it.
 */
export function parseJsonObject(bytes: Uint8Array): Parsed<JsonObject> {
  const text = fromUtf8(bytes);
  if (text === undefined) return refused('It is not valid UTF-8.');
  const { colons, depth } = measure(text);
  if (depth > MAX_DEPTH) return refused('It is nested too deeply.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('It is not JSON.');
  }
  if (!isJsonObject(value)) return refused('It is not a JSON object.');
  // Outside strings, JSON has one colon per written name; a repeated name vanishes in parsing.
  return countNames(value) === colons ? accepted(value) : refused('A name occurs twice in one of its objects.');
}

function measure(text: string): { colons: number; depth: number } {
  let [colons, depth, deepest, quoted] = [0, 0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ':') colons++;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return { colons, depth: deepest };
}

function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, part) => sum + countNames(part), own);
}
