// What goes wrong in SQLite, under Oracle's numbers.
import { ServerFault } from './server-fault.ts';

const FAULTS: readonly (readonly [RegExp, string, (name: string) => string])[] = [
  [/no such column: "?(?:\w+\.)?([^"]*)"?/, 'ORA-00904', (name) => `"${name}": invalid identifier`],
  [/no such function: (.*)/, 'ORA-00904', (name) => `"${name}": invalid identifier`],
  [/no such table: (?:main\.)?(.*)/, 'ORA-00942', (name) => `table or view "${name}" does not exist`],
  [/near "|incomplete input/, 'ORA-00936', () => 'missing expression'],
  [/out of range/, 'ORA-01428', () => "argument '0' is out of range"],
];

export function faultOf(error: unknown): Error {
  if (error instanceof ServerFault) return error;
  const message = error instanceof Error ? error.message : String(error);
  for (const [pattern, code, words] of FAULTS) {
    const found = pattern.exec(message);
    if (found !== null) return new ServerFault(code, words(found[1] ?? ''));
  }
  return new ServerFault('ORA-00600', `the double: ${message}`);
}
