import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TablePattern } from '../../../src-shared/model/plan.ts';

/** A pattern of the plan, understood. */
export type KnownPattern =
  | { readonly kind: 'literal'; readonly table: TableName }
  | { readonly kind: 'glob'; readonly namespace: string; readonly name: string };

/**
 * Understands `namespace.table`. Names are taken as the catalog spells them, case included. null: the text has not
 * exactly one dot; such names need the literal form.
 */
export function readPattern(pattern: TablePattern): KnownPattern | null {
  if (typeof pattern !== 'string') {
    return { kind: 'literal', table: { namespace: pattern[0], name: pattern[1] } };
  }
  const parts = pattern.split('.');
  const [namespace, name] = parts;
  if (parts.length !== 2 || !namespace || !name) return null;
  return /[*?]/.test(pattern) ? { kind: 'glob', namespace, name } : { kind: 'literal', table: { namespace, name } };
}

export function matchesTable(pattern: KnownPattern, table: TableName): boolean {
  if (pattern.kind === 'literal') {
    return pattern.table.namespace === table.namespace && pattern.table.name === table.name;
  }
  return matchesGlob(pattern.namespace, table.namespace) && matchesGlob(pattern.name, table.name);
}

/** `*` is any characters, `?` is one. Linear in practice and never exponential, whatever the pattern. */
export function matchesGlob(glob: string, text: string): boolean {
  const wanted = Array.from(glob);
  const given = Array.from(text);
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < given.length;) {
    if (wanted[at] === '*') {
      star = at++;
      resume = i;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((rest) => rest === '*');
}

/** As people write a table: `public.customers`; a name that holds a dot stands in quotes, so that labels are unique. */
export function tableLabel(table: TableName): string {
  return [table.namespace, table.name].map((name) => (/[."]/.test(name) ? JSON.stringify(name) : name)).join('.');
}
