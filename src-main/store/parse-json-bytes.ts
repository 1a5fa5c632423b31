import { fromUtf8 } from '../../src-shared/util/utf8.ts';

/** The value of JSON bytes; undefined for what is not JSON in UTF-8 (no JSON text has that value). */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  const text = fromUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
