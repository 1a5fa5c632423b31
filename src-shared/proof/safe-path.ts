/**
 * Whether a path from hostile input stays below its folder on every system: relative, no `.` or `..`, no backslash or colon
 * (both mean something on Windows), no control character.
 */
export function isSafePath(path: string): boolean {
  if (/[\\:\p{Cc}]/u.test(path) || !path.isWellFormed()) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** What a file system that ignores case and Unicode form takes for the same path. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC');
}
