import type { ColumnDefault } from '../../../src-shared/model/catalog-definition.ts';

const NOW = new Set(['getdate()', 'sysdatetime()', 'sysdatetimeoffset()', 'current_timestamp']);
const TODAY =
  /^(?:convert\(\[?date\]?,(?:getdate|sysdatetime)\(\)(?:,\(0\))?\)|cast\((?:getdate|sysdatetime)\(\) as \[?date\]?\))$/;

/** What the definition of a default constraint means; undefined: no more than NULL. */
export function readDefault(definition: string): ColumnDefault | undefined {
  const bare = stripBrackets(definition);
  const name = bare.toLowerCase();
  if (name === 'null') return undefined;
  const quoted = /^N?'((?:[^']|'')*)'$/is.exec(bare);
  if (quoted !== null) return { kind: 'literal', text: (quoted[1] ?? '').replaceAll("''", "'") };
  if (/^-?\d+(?:\.\d+)?$/.test(bare)) return { kind: 'literal', text: bare };
  if (NOW.has(name)) return { kind: 'now' };
  if (TODAY.test(name)) return { kind: 'today' };
  return name === 'newid()' ? { kind: 'uuid' } : { kind: 'other', text: definition };
}

/** The server puts one pair of brackets around every definition, and another around a number. */
function stripBrackets(text: string): string {
  const open = /^\((.*)\)$/s.exec(text.trim())?.[1];
  return open === undefined || !isBalanced(open) ? text.trim() : stripBrackets(open);
}

/** Whether no bracket closes more than was opened; those of texts and names do not count. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const [character] of text.replace(/'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]/g, '').matchAll(/[()]/g)) {
    depth += character === '(' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
