// What goes wrong in SQLite, under SQL Server's numbers.
import type { Notice } from '../tokens.ts';
import { SyntaxFault } from './sql-tokens.ts';

const FAULTS: readonly (readonly [RegExp, number, (name: string) => string])[] = [
  [/no such column: "?(?:\w+\.)?([^"]*)"?/, 207, (name) => `Invalid column name '${name}'.`],
  [/no such table: (?:main\.)?(.*)/, 208, (name) => `Invalid object name '${name}'.`],
  [/no such function: (.*)/, 195, (name) => `'${name}' is not a recognized built-in function name.`],
  [/near "([^"]*)"/, 102, (name) => `Incorrect syntax near '${name}'.`],
  [/incomplete input()/, 102, () => `Incorrect syntax near the end.`],
  [/arithmetic overflow()/, 232, () => 'Arithmetic overflow error for type int.'],
];

export function noticeOf(fault: unknown): Notice {
  const message = fault instanceof Error ? fault.message : String(fault);
  if (fault instanceof SyntaxFault) return { number: 102, message: `Incorrect syntax near '${message}'.` };
  for (const [pattern, number, words] of FAULTS) {
    const found = pattern.exec(message);
    if (found !== null) return { number, message: words(found[1] ?? '') };
  }
  return { number: 50_000, message: `the stand-in: ${message}` };
}
