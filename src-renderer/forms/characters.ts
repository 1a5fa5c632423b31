const NAMED: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const MEANT: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };

/**
 * Characters as a person can see and type them: a tab is `\t`, other control characters `\x1f`. A backslash that begins
 * nothing of the kind stands for itself, so that `\N` is what it looks like.
 */
export function spellCharacters(text: string): string {
  return text.replace(/\\(?=[tnr\\]|x[0-9a-fA-F]{2})|[\u0000-\u001f\u007f]/g, (found) => {
    if (found === '\\') return '\\\\';
    return NAMED[found] ?? `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** What {@link spellCharacters} spelled. */
export function readCharacters(typed: string): string {
  return typed.replace(
    /\\(?:([tnr\\])|x([0-9a-fA-F]{2}))/g,
    (whole, named: string | undefined, hex: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return MEANT[named ?? ''] ?? whole;
    },
  );
}
