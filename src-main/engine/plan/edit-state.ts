import type { Plan, PlanEntry } from '../../../src-shared/model/plan.ts';
import { canonicalJson } from './json-digest.ts';
import { columnRemark } from './column-remark.ts';
import type { PlanDocument } from './plan-document.ts';
import { blockValue, emptyAsNull, entryKey, type BlockEdit, type EntryName, type PlanEdit } from './plan-edit.ts';
import { readPattern } from './table-pattern.ts';

/** A plan's text, understood. */
export interface Readable {
  /** Its purpose is empty where the file has none yet. */
  readonly plan: Plan;
  readonly document: PlanDocument;
}

/** Whether the plan already is what the edit asks for. */
export function planSays({ plan, document }: Readable, edit: PlanEdit): boolean {
  switch (edit.kind) {
    case 'catalog':
      return (plan.catalog ?? null) === edit.digest;
    case 'name':
      return plan.name === edit.name;
    case 'purpose':
      return plan.purpose === edit.purpose;
    case 'connection':
      return plan.connection === edit.connection;
    case 'migrate':
      return (plan.migrate ?? null) === edit.migrate;
    case 'table':
      return (findEntryOf(plan, edit.table) !== null) === edit.chosen;
    case 'where':
    case 'limit':
    case 'orderBy':
    case 'mask':
    case 'columns':
    case 'column': {
      const found = findEntryOf(plan, edit.entry);
      return found !== null && entrySays(found.entry, edit);
    }
    case 'remark': {
      const index = findEntryOf(plan, edit.entry)?.index;
      return index !== undefined && columnRemark(document, index, edit.column) === edit.remark;
    }
    case 'format':
    case 'package':
    case 'deliver':
    case 'pseudonyms':
    case 'limits':
    case 'params':
      return canonicalJson(writtenBlock(plan, edit.kind)) === canonicalJson(blockValue(edit));
  }
}

/** A block as the plan has it. */
function writtenBlock(plan: Plan, kind: BlockEdit['kind']): unknown {
  const written = plan[kind];
  return Array.isArray(written) ? written : emptyAsNull(written);
}

/** The edits inside one entry. */
export type EntryEdit = Exclude<Extract<PlanEdit, { readonly entry: EntryName }>, { readonly kind: 'remark' }>;

function entrySays(entry: PlanEntry, edit: EntryEdit): boolean {
  switch (edit.kind) {
    case 'where':
      return ('where' in entry ? (entry.where ?? null) : null) === edit.where;
    case 'limit':
      return (entry.limit ?? null) === edit.limit;
    case 'orderBy':
      return canonicalJson(entry.orderBy ?? null) === canonicalJson(edit.orderBy);
    case 'mask': {
      const present = Object.hasOwn(entry.masks ?? {}, edit.column) ? entry.masks?.[edit.column] : null;
      return canonicalJson(present ?? null) === canonicalJson(edit.mask);
    }
    case 'columns':
      return Array.isArray(entry.columns) && canonicalJson(entry.columns) === canonicalJson(edit.columns);
    case 'column': {
      const listed = Array.isArray(entry.columns) ? entry.columns : edit.order;
      return listed.includes(edit.column) === edit.chosen;
    }
  }
}

export interface FoundEntry {
  readonly entry: PlanEntry;
  readonly index: number;
}

/** Plans are never changed, so what was found in one stays true. A plan of 10,000 tables is looked through once. */
const entriesOf = new WeakMap<Plan, ReadonlyMap<string, FoundEntry>>();

/** The entry of a name; a glob is nobody's entry. */
export function findEntryOf(plan: Plan, name: EntryName): FoundEntry | null {
  const known = entriesOf.get(plan) ?? indexEntries(plan);
  entriesOf.set(plan, known);
  return known.get(indexKey(name)) ?? null;
}

function indexEntries(plan: Plan): ReadonlyMap<string, FoundEntry> {
  const found = new Map<string, FoundEntry>();
  for (const [index, entry] of plan.tables.entries()) {
    const pattern = 'table' in entry ? readPattern(entry.table) : null;
    const literal = pattern?.kind === 'literal' ? pattern.table : null;
    const own = 'query' in entry ? { query: entry.name } : literal;
    if (own !== null && !found.has(indexKey(own))) found.set(indexKey(own), { entry, index });
  }
  return found;
}

const indexKey = (name: EntryName): string => JSON.stringify(entryKey(name));
