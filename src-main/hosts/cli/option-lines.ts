import { fold, LINE_WIDTH } from './fit-table.ts';

const INDENT = '  ';

/** Options for the lines below a name: `host db.example.net, port 5432`; those of `apart` are shown elsewhere. */
export function optionLines(options: Readonly<Record<string, unknown>>, apart: readonly string[] = []): string[] {
  const shown = Object.entries(options).filter(([key]) => !apart.includes(key));
  const text = shown.map(([key, value]) => `${key} ${optionText(value)}`).join(', ');
  return fold(text, LINE_WIDTH - INDENT.length).map((line) => `${INDENT}${line}`);
}

/** A value of a record's options as text. */
export function optionText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
