import type { ColumnDefault } from '../../../src-shared/model/catalog-definition.ts';

const NOW = /^(?:sysdate|systimestamp|current_date|current_timestamp|localtimestamp)(?:\(\d\))?$/;

/** What the dictionary's text of a default means; undefined: no more than NULL. */
export function readDefault(expression: string): ColumnDefault | undefined {
  const bare = expression.trim();
  const name = bare.toLowerCase();
  if (name === 'null' || bare === "''") return undefined;
  const quoted = /^(?:n|date|timestamp)?\s*'((?:[^']|'')*)'$/is.exec(bare);
  if (quoted !== null) return { kind: 'literal', text: (quoted[1] ?? '').replaceAll("''", "'") };
  if (/^-?\d+(?:\.\d+)?$/.test(bare)) return { kind: 'literal', text: bare };
  if (name === 'true' || name === 'false') return { kind: 'literal', text: name };
  if (NOW.test(name)) return { kind: 'now' };
  return /^trunc\(\s*sysdate\s*\)$/.test(name) ? { kind: 'today' } : { kind: 'other', text: bare };
}
