import type { Plan, PlanEntry } from '../../../src-shared/model/plan.ts';
import { canonicalJson } from './json-digest.ts';
import { entryKey, type EntryName, type PlanEdit } from './plan-edit.ts';
import { readPattern } from './table-pattern.ts';

/** Whether the plan already is what the edit asks for. */
export function planSays(plan: Plan, edit: PlanEdit): boolean {
  switch (edit.kind) {
    case 'catalog':
      return (plan.catalog ?? null) === edit.digest;
    case 'purpose':
      return plan.purpose === edit.purpose;
    case 'table':
      return (findEntryOf(plan, edit.table) !== null) === edit.chosen;
    case 'where':
    case 'limit':
    case 'mask':
    case 'column': {
      const found = findEntryOf(plan, edit.entry);
      return found !== null && entrySays(found.entry, edit);
    }
  }
}

/** The edits inside one entry. */
export type EntryEdit = Extract<PlanEdit, { readonly entry: EntryName }>;

function entrySays(entry: PlanEntry, edit: EntryEdit): boolean {
  switch (edit.kind) {
    case 'where':
      return ('where' in entry ? (entry.where ?? null) : null) === edit.where;
    case 'limit':
      return (entry.limit ?? null) === edit.limit;
    case 'mask': {
      const present = Object.hasOwn(entry.masks ?? {}, edit.column) ? entry.masks?.[edit.column] : null;
      return canonicalJson(present ?? null) === canonicalJson(edit.mask);
    }
    case 'column': {
      const listed = Array.isArray(entry.columns) ? entry.columns : edit.order;
      return listed.includes(edit.column) === edit.chosen;
    }
  }
}

/** The entry of a name; a glob is nobody's entry. */
export function findEntryOf(plan: Plan, name: EntryName): { readonly entry: PlanEntry; readonly index: number } | null {
  const wanted = JSON.stringify(entryKey(name));
  for (const [index, entry] of plan.tables.entries()) {
    const pattern = 'table' in entry ? readPattern(entry.table) : null;
    const literal = pattern?.kind === 'literal' ? pattern.table : null;
    const own = 'query' in entry ? { query: entry.name } : literal;
    if (own !== null && 'query' in own === 'query' in name && JSON.stringify(entryKey(own)) === wanted) {
      return { entry, index };
    }
  }
  return null;
}
