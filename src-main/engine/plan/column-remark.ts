import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { pairOf, type PlanDocument } from './plan-document.ts';
import { columnList } from './column-list.ts';
import { setKey, unfit } from './set-key.ts';
import { commentText } from './yaml-scalar.ts';
import * as splice from './yaml-splice.ts';

const BEGINS = '  # as it is: ';
/** The words of ours, then what somebody else has written behind them. */
const REMARK = /^[ \t]+# as it is: (.*?)(?=[ \t]{2}#|\r?$)/;

/** Why a column goes out as it is, from the comment on its line; null: the file does not say. */
export function columnRemark({ tree, text, mark }: PlanDocument, entry: number, column: string): string | null {
  const tables = isMap(tree.contents) ? pairOf(tree.contents, 'tables')?.value : null;
  const map: unknown = isSeq(tables) ? tables.items[entry] : null;
  const end = isMap(map) ? lineOfColumn(map, column) : null;
  if (end === null) return null;
  return REMARK.exec(restOfLine(text.slice(mark.length), end))?.[1] ?? null;
}

interface RemarkToSet {
  readonly column: string;
  readonly remark: string | null;
  readonly order: readonly string[];
}

/** Writes the comment, before one that stands there, or takes it away. A list in another form is written out first. */
export function remarkSplice(body: string, map: YAMLMap, { column, remark, order }: RemarkToSet): splice.Splice {
  const end = lineOfColumn(map, column);
  if (end !== null) {
    const length = REMARK.exec(restOfLine(body, end))?.[0].length ?? 0;
    return { from: end, to: end + length, text: remark === null ? '' : `${BEGINS}${remarkText(remark)}` };
  }
  const pair = pairOf(map, 'columns');
  if (map.flow === true || remark === null) throw unfit();
  if (pair === undefined) return setKey(body, map, { key: 'columns', value: columnList(order) });
  if (!isSeq(pair.value)) throw unfit();
  const names = pair.value.items.map((item) => (isScalar(item) ? String(item.value) : ''));
  if (!names.includes(column)) throw unfit();
  // Out and in again, as lines of its own; the next step writes the comment.
  const { from, to } = splice.replaceValue(body, pair, '');
  const indent = ' '.repeat(splice.columnOf(body, pair.key.range?.[0] ?? 0) + 2);
  const colon = body.indexOf(':', pair.key.range?.[1] ?? 0) + 1;
  const lines = columnList(names).block.map((line) => `${indent}${line}`);
  return { from: Math.min(colon, from), to, text: ['', ...lines].join(splice.lineEndingOf(body)) };
}

/** A remark as it is written and read: one line, without what would end it. */
export function remarkText(remark: string): string {
  return commentText(remark.trim().replace(/\s+/g, ' '));
}

/** Where the name of a column ends that stands on a line of its own. */
function lineOfColumn(map: YAMLMap, column: string): number | null {
  const seq = pairOf(map, 'columns')?.value;
  if (!isSeq(seq) || seq.flow === true) return null;
  const item = (seq.items as Node[]).find((each) => isScalar(each) && each.value === column);
  return item === undefined ? null : splice.contentEnd(item);
}

function restOfLine(body: string, from: number): string {
  const feed = body.indexOf('\n', from);
  return body.slice(from, feed < 0 ? undefined : feed);
}
