import type { ColumnDefault } from '../../../src-shared/model/catalog-definition.ts';

const NOW = new Set(['now()', 'current_timestamp', 'localtimestamp', 'transaction_timestamp()']);
const CAST = /::[\w\s".,()[\]]+$/;

/** What an expression of pg_get_expr means as a default; undefined: no more than NULL. */
export function readDefault(expression: string): ColumnDefault | undefined {
  const bare = stripCasts(expression);
  if (/^null$/i.test(bare)) return undefined;
  const quoted = /^(E?)'((?:[^']|'')*)'$/s.exec(bare);
  if (quoted !== null) {
    const text = (quoted[2] ?? '').replaceAll("''", "'");
    return { kind: 'literal', text: quoted[1] === 'E' ? text.replaceAll('\\\\', '\\') : text };
  }
  if (/^(?:-?\d+(?:\.\d+)?|true|false)$/.test(bare)) return { kind: 'literal', text: bare };
  const name = bare.toLowerCase();
  if (NOW.has(name)) return { kind: 'now' };
  if (name === 'current_date') return { kind: 'today' };
  if (name === 'gen_random_uuid()') return { kind: 'uuid' };
  return { kind: 'other', text: expression };
}

/** `('-1'::integer)::numeric` → `'-1'`; a text that holds `::` stays whole. */
function stripCasts(expression: string): string {
  let text = expression.trim();
  for (;;) {
    const end = text.lastIndexOf("'");
    const cast = CAST.exec(text.slice(end + 1));
    const inner = cast === null ? text : text.slice(0, end + 1 + cast.index);
    const open = /^\((.*)\)$/s.exec(inner);
    const next = open === null || !isBalanced(open[1] ?? '') ? inner : (open[1] ?? '');
    if (next === text) return text;
    text = next;
  }
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
