import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { findEntryOf } from './edit-state.ts';
import type { EntryName, PlanEdit } from './plan-edit.ts';
import { pairOf } from './plan-document.ts';
import { quotedScalar, tableScalar, yamlMaskSpec, yamlScalar } from './yaml-scalar.ts';
import { columnsSplice } from './columns-splice.ts';
import { columnList } from './column-list.ts';
import { remarkSplice } from './column-remark.ts';
import { blockSplice, listSplice } from './block-splice.ts';
import { setKey, unfit } from './set-key.ts';
import * as splice from './yaml-splice.ts';

/** A text that is being edited, with what it says. */
export interface Editing {
  readonly plan: Plan;
  readonly root: YAMLMap;
  readonly body: string;
}

/** Where and how the text of a plan changes for one edit. */
export function spliceOf(edit: PlanEdit, editing: Editing): splice.Splice {
  const { root, body } = editing;
  switch (edit.kind) {
    case 'catalog':
      return setKey(body, root, { key: 'catalog', value: edit.digest });
    case 'name':
      return setKey(body, root, { key: 'name', value: yamlScalar(edit.name) });
    case 'purpose':
      return setKey(body, root, { key: 'purpose', value: quotedScalar(edit.purpose) });
    case 'connection':
      return setKey(body, root, { key: 'connection', value: yamlScalar(edit.connection) });
    case 'migrate': {
      const value = edit.migrate === null ? null : yamlScalar(edit.migrate);
      return setKey(body, root, { key: 'migrate', value });
    }
    case 'table':
      return editTable(edit, editing);
    case 'where':
    case 'limit':
    case 'orderBy':
    case 'mask':
    case 'column':
    case 'columns':
    case 'remark':
      return editEntry(edit, editing);
    case 'format':
    case 'package':
    case 'deliver':
    case 'pseudonyms':
    case 'limits':
    case 'params':
      return blockSplice(edit, editing);
  }
}

export type TableEdit = Extract<PlanEdit, { kind: 'table' }>;

/** Tables that are all added, or all taken out, as splices of one text, the last place first. null: one at a time. */
export function tableSplices(edits: readonly TableEdit[], editing: Editing): readonly splice.Splice[] | null {
  const { pair, seq } = tablesOf(editing);
  if (edits.every(({ chosen }) => chosen)) return [addTables(edits, { body: editing.body, pair, seq })];
  const places = edits.map(({ table }) => findEntryOf(editing.plan, table)?.index ?? -1);
  if (seq.flow === true || places.includes(-1) || places.length >= seq.items.length) return null;
  return places.toSorted((a, b) => b - a).map((place) => splice.removeItem(editing.body, seq, place));
}

function editTable(edit: TableEdit, editing: Editing): splice.Splice {
  const { pair, seq } = tablesOf(editing);
  if (edit.chosen) return addTables([edit], { body: editing.body, pair, seq });
  const found = findEntryOf(editing.plan, edit.table);
  if (found === null) throw unfit();
  return splice.removeItem(editing.body, seq, found.index);
}

interface TableList {
  readonly pair: Pair<Node, Node | null>;
  readonly seq: YAMLSeq;
}

function tablesOf({ root }: Editing): TableList {
  const pair = pairOf(root, 'tables');
  if (pair === undefined || !isSeq(pair.value)) throw unfit();
  return { pair, seq: pair.value };
}

function addTables(
  edits: readonly TableEdit[],
  { body, pair, seq }: TableList & { readonly body: string },
): splice.Splice {
  const added = edits.map(({ table, columns }) => tableItem(table, columns));
  return splice.fillEmpty(body, pair, added) ?? splice.addItems(body, seq, { after: seq.items.length - 1, added });
}

function tableItem(
  table: { namespace: string; name: string },
  columns: readonly string[] | undefined,
): splice.Addition {
  const written = tableScalar(table);
  if (columns === undefined) return { flow: `{ table: ${written} }`, block: [`table: ${written}`] };
  const listed = columnList(columns);
  return {
    flow: `{ table: ${written}, columns: ${listed.flow} }`,
    block: [`table: ${written}`, 'columns:', ...listed.block.map((line) => `  ${line}`)],
  };
}

function editEntry(edit: Extract<PlanEdit, { entry: EntryName }>, { plan, root, body }: Editing): splice.Splice {
  const found = findEntryOf(plan, edit.entry);
  const tables = pairOf(root, 'tables')?.value;
  const map: unknown = found === null || !isSeq(tables) ? null : tables.items[found.index];
  if (found === null || !isMap(map)) throw unfit();
  switch (edit.kind) {
    case 'where':
      if ('query' in found.entry) throw unfit();
      return setKey(body, map, { key: 'where', value: edit.where === null ? null : quotedScalar(edit.where) });
    case 'limit':
      return setKey(body, map, { key: 'limit', value: edit.limit === null ? null : String(edit.limit) });
    case 'orderBy':
      return listSplice(body, map, { key: 'orderBy', wanted: edit.orderBy, now: found.entry.orderBy ?? null });
    case 'mask':
      return editMask(edit, map, body);
    case 'column':
      return editColumn(edit, map, body);
    case 'columns':
      return columnsSplice(body, map, edit.columns);
    case 'remark':
      return remarkSplice(body, map, edit);
  }
}

function editMask(edit: Extract<PlanEdit, { kind: 'mask' }>, map: YAMLMap, body: string): splice.Splice {
  const masks = pairOf(map, 'masks')?.value;
  const written = edit.mask === null ? null : yamlMaskSpec(edit.mask);
  if (isMap(masks)) {
    const isOnly = masks.items.length === 1 && pairOf(masks, edit.column) !== undefined;
    if (written === null && isOnly) return setKey(body, map, { key: 'masks', value: null });
    return setKey(body, masks, { key: edit.column, value: written });
  }
  return setKey(body, map, {
    key: 'masks',
    value: written === null ? null : `{ ${yamlScalar(edit.column)}: ${written} }`,
  });
}

function editColumn(edit: Extract<PlanEdit, { kind: 'column' }>, map: YAMLMap, body: string): splice.Splice {
  const { column, chosen, order } = edit;
  const list = pairOf(map, 'columns')?.value;
  if (list === undefined) {
    const rest = order.filter((name) => name !== column);
    return setKey(body, map, {
      key: 'columns',
      value: rest.length > 6 ? columnList(rest) : { flow: columnList(rest).flow },
    });
  }
  if (!isSeq(list)) throw unfit();
  const names = list.items.map((item) => (isScalar(item) ? String(item.value) : ''));
  if (!chosen && names.length === 1) {
    throw appError('PLAN/SELECTION_EMPTY', {
      message: 'A table needs at least one column.',
      remedy: 'Remove the table from the plan instead.',
    });
  }
  if (!chosen) return splice.removeItem(body, list, names.indexOf(column));
  // Behind the nearest column that stands before it in the table; hand-made orders stay as they are.
  const before = order.slice(0, Math.max(order.indexOf(column), 0)).toReversed();
  const after = before.map((name) => names.indexOf(name)).find((position) => position >= 0) ?? -1;
  return splice.addItem(body, list, { after, item: { flow: yamlScalar(column) } });
}
