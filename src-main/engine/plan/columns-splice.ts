import { isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { columnList } from './column-list.ts';
import { pairOf } from './plan-document.ts';
import { setKey, unfit } from './set-key.ts';
import { yamlScalar } from './yaml-scalar.ts';
import * as splice from './yaml-splice.ts';

/** All columns of an entry at once. Lines of columns that stay keep their bytes, and so do lines of comments. */
export function columnsSplice(body: string, map: YAMLMap, wanted: readonly string[]): splice.Splice {
  if (wanted.length === 0) {
    throw appError('PLAN/SELECTION_EMPTY', {
      message: 'A table needs at least one column.',
      remedy: 'Remove the table from the plan instead.',
    });
  }
  const pair = pairOf(map, 'columns');
  if (pair === undefined) return setKey(body, map, { key: 'columns', value: columnList(wanted) });
  const seq = pair.value;
  if (!isSeq(seq)) throw unfit();
  const lines = seq.flow === true ? null : linesOf(body, seq);
  if (lines === null) return splice.replaceValue(body, pair, columnList(wanted).flow);
  const inOrder = inSameOrder(lines.names, wanted);
  const kept = lines.parts.filter(({ name }) => name === null || (inOrder && wanted.includes(name)));
  for (const [index, name] of wanted.entries()) {
    if (kept.some((part) => part.name === name)) continue;
    const before = wanted.slice(0, index).findLast((other) => kept.some((part) => part.name === other));
    const known = lines.parts.find((part) => part.name === name);
    const text = known?.text ?? `${lines.indent}- ${yamlScalar(name)}`;
    kept.splice(kept.findIndex((part) => part.name === before) + 1, 0, { name, text });
  }
  return { from: lines.from, to: lines.to, text: kept.map(({ text }) => text).join(splice.lineEndingOf(body)) };
}

interface ListLines {
  readonly from: number;
  readonly to: number;
  readonly indent: string;
  readonly names: readonly string[];
  /** The lines of each item, and those between items, which belong to none. */
  readonly parts: readonly { readonly name: string | null; readonly text: string }[];
}

/** null: an item shares its line with something else. */
function linesOf(body: string, seq: YAMLSeq): ListLines | null {
  const items = seq.items as Node[];
  const starts = items.map((_, index) => splice.lineStart(body, splice.dashOf(seq, index)));
  const from = starts[0];
  if (from === undefined || new Set(starts).size < starts.length) return null;
  const indent = /^ */.exec(body.slice(from))?.[0] ?? '';
  if (!body.startsWith('-', from + indent.length)) return null;
  const parts: { name: string | null; text: string }[] = [];
  const names: string[] = [];
  let at = from;
  for (const [index, item] of items.entries()) {
    const start = starts[index] ?? at;
    if (start > at) parts.push({ name: null, text: withoutEnd(body.slice(at, start)) });
    const next = splice.nextLine(body, splice.contentEnd(item));
    const name = isScalar(item) ? String(item.value) : '';
    names.push(name);
    parts.push({ name, text: withoutEnd(body.slice(start, next)) });
    at = next;
  }
  return { from, to: at - (body.slice(0, at).length - withoutEnd(body.slice(0, at)).length), indent, names, parts };
}

const withoutEnd = (text: string): string => text.replace(/\r?\n$/, '');

/** Whether those of both lists stand in one order: hand-made orders stay where they can. */
function inSameOrder(names: readonly string[], wanted: readonly string[]): boolean {
  const both = names.filter((name) => wanted.includes(name));
  const other = wanted.filter((name) => names.includes(name));
  return both.every((name, index) => name === other[index]);
}
