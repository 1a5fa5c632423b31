import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { findEntryOf, type EntryEdit } from './edit-state.ts';
import type { PlanEdit } from './plan-edit.ts';
import { pairOf } from './plan-document.ts';
import { quotedScalar, tableScalar, yamlMaskSpec, yamlScalar } from './yaml-scalar.ts';
import * as splice from './yaml-splice.ts';

interface Editing {
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
    case 'purpose':
      return setKey(body, root, { key: 'purpose', value: quotedScalar(edit.purpose) });
    case 'table':
      return editTable(edit, editing);
    case 'where':
    case 'limit':
    case 'mask':
    case 'column':
      return editEntry(edit, editing);
  }
}

function editTable(edit: Extract<PlanEdit, { kind: 'table' }>, { plan, root, body }: Editing): splice.Splice {
  const pair = pairOf(root, 'tables');
  const { table, chosen, columns } = edit;
  if (pair === undefined || !isSeq(pair.value)) throw unfit();
  const seq = pair.value;
  if (!chosen) {
    const found = findEntryOf(plan, table);
    if (found === null) throw unfit();
    return splice.removeItem(body, seq, found.index);
  }
  const item = tableItem(table, columns);
  return splice.addItem(body, seq, { after: seq.items.length - 1, item });
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

function columnList(columns: readonly string[]): Required<splice.Addition> {
  const names = columns.map(yamlScalar);
  return { flow: `[${names.join(', ')}]`, block: names.map((name) => `- ${name}`) };
}

function editEntry(edit: EntryEdit, { plan, root, body }: Editing): splice.Splice {
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
    case 'mask':
      return editMask(edit, map, body);
    case 'column':
      return editColumn(edit, map, body);
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

interface KeyToSet {
  readonly key: string;
  /** null: the key goes. */
  readonly value: string | splice.Addition | null;
}

function setKey(body: string, map: YAMLMap, { key, value: given }: KeyToSet): splice.Splice {
  const value = typeof given === 'string' ? { flow: given } : given;
  const position = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const pair = map.items[position] as Pair<Node, Node | null> | undefined;
  if (pair === undefined) {
    if (value === null) throw unfit();
    return splice.addPair(body, map, { key: yamlScalar(key), value });
  }
  return value === null ? splice.removePair(body, map, position) : splice.replaceValue(body, pair, value.flow);
}

function unfit(): Error {
  return appError('PLAN/INVALID', {
    message: 'The plan has no entry that this edit could change.',
    remedy: 'Read the plan again; it may have changed.',
  });
}
