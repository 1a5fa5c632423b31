/**
 * Edits of a YAML file as splices of its text: what is not spliced keeps every byte. The YAML tree says where things
 * stand; writing the tree out again would normalise blanks, quotes and comments of the whole file.
 */
import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';

export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

type NodePair = Pair<Node, Node | null>;

export function applySplice(text: string, { from, to, text: inserted }: Splice): string {
  return text.slice(0, from) + inserted + text.slice(to);
}

/** The line ending the file uses. */
export function lineEndingOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** Where the content of a node ends, without the comments and blank lines behind it. */
export function contentEnd(node: Node): number {
  const [start, end] = node.range ?? [0, 0];
  if (!isCollection(node) || node.flow === true) return end;
  const last: unknown = node.items.at(-1);
  if (last === undefined) return end;
  if (isMap(node)) return pairEnd(last as NodePair);
  return Math.max(start, last === null ? start : contentEnd(last as Node));
}

export function pairEnd({ key, value }: NodePair): number {
  if (value === null || isEmpty(value)) return contentEnd(value ?? key);
  return contentEnd(value);
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '';
}

/** Something to add: on one line, and how it reads on lines of its own where the place allows it. */
export interface Addition {
  readonly flow: string;
  readonly block?: readonly string[];
}

/** Adds `key: value` as the last pair of a map. */
export function addPair(text: string, map: YAMLMap, { key, value }: { key: string; value: Addition }): Splice {
  const items = map.items as NodePair[];
  const last = items.at(-1);
  if (map.flow === true) return addToFlow(map, last === undefined ? null : pairEnd(last), `${key}: ${value.flow}`);
  const indent = ' '.repeat(columnOf(text, items[0]?.key.range?.[0] ?? map.range?.[0] ?? 0));
  const lines =
    value.block === undefined ? [`${key}: ${value.flow}`] : [`${key}:`, ...value.block.map((line) => `  ${line}`)];
  const written = lines.map((line) => indent + line).join(lineEndingOf(text));
  return addLine(text, last === undefined ? contentEnd(map) : pairEnd(last), written);
}

/** Removes a pair of a map with its line, or its place between commas. */
export function removePair(text: string, map: YAMLMap, position: number): Splice {
  const items = map.items as NodePair[];
  const spans = items.map((pair) => ({ from: pair.key.range?.[0] ?? 0, to: pairEnd(pair) }));
  if (map.flow === true) return removeFromFlow(text, spans, position);
  const own = spans[position] ?? { from: 0, to: 0 };
  const begin = lineStart(text, own.from);
  const next = spans[position + 1];
  // On the line of a list's dash: the next pair moves up to it.
  if (text.slice(begin, own.from).trim() !== '' && next !== undefined)
    return { from: own.from, to: next.from, text: '' };
  return removeLines(text, begin, own.to);
}

/** Adds an item behind the one at `after`, or before all when it is -1. The list must not be an empty block. */
export function addItem(text: string, seq: YAMLSeq, { after, item }: { after: number; item: Addition }): Splice {
  return addItems(text, seq, { after, added: [item] });
}

/** Adds several items at one place. */
export function addItems(
  text: string,
  seq: YAMLSeq,
  { after, added }: { after: number; added: readonly Addition[] },
): Splice {
  const items = seq.items as Node[];
  const previous = items[after];
  const first = items[0];
  if (seq.flow === true) {
    const written = added.map(({ flow }) => flow).join(', ');
    if (previous === undefined && first !== undefined) {
      const at = first.range?.[0] ?? 0;
      return { from: at, to: at, text: `${written}, ` };
    }
    return addToFlow(seq, previous === undefined ? null : contentEnd(previous), written);
  }
  const dash = dashOf(seq, 0);
  const indent = ' '.repeat(columnOf(text, dash));
  const line = added.flatMap((item) => itemLines(item, indent)).join(lineEndingOf(text));
  if (previous !== undefined) return addLine(text, Math.max(contentEnd(previous), dashOf(seq, after) + 1), line);
  const at = lineStart(text, dash);
  return { from: at, to: at, text: line + lineEndingOf(text) };
}

/** The list that an empty `[]` becomes: lines of its own, unless a comment stands behind it. null: write it in flow. */
export function fillEmpty(text: string, { key, value }: NodePair, added: readonly Addition[]): Splice | null {
  if (!isSeq(value) || value.flow !== true || value.items.length > 0) return null;
  const [from = 0, to = 0] = value.range ?? [];
  const colon = text.indexOf(':', key.range?.[1] ?? 0) + 1;
  const rest = text.slice(to, nextLine(text, to)).trim();
  if (rest !== '' || text.slice(colon, from).trim() !== '') return null;
  const indent = ' '.repeat(columnOf(text, key.range?.[0] ?? 0) + 2);
  const lines = added.flatMap((item) => itemLines(item, indent));
  return { from: colon, to, text: ['', ...lines].join(lineEndingOf(text)) };
}

function itemLines({ block, flow }: Addition, indent: string): readonly string[] {
  return (block ?? [flow]).map((part, index) => `${indent}${index === 0 ? '- ' : '  '}${part}`);
}

/** Removes an item with its lines, or its place between commas. The last one leaves `[]`. */
export function removeItem(text: string, seq: YAMLSeq, position: number): Splice {
  const items = seq.items as Node[];
  if (seq.flow === true) {
    const spans = items.map((item) => ({ from: item.range?.[0] ?? 0, to: contentEnd(item) }));
    return removeFromFlow(text, spans, position);
  }
  const dash = dashOf(seq, position);
  const own = items[position];
  const end = Math.max(own === undefined ? dash : contentEnd(own), dash + 1);
  if (items.length === 1) {
    // Up to the key, where nothing else stands between: `tables: []`.
    const gap = /:[ \t]*\r?\n[ \t]*$/.exec(text.slice(0, dash));
    return gap === null ? { from: dash, to: end, text: '[]' } : { from: gap.index + 1, to: end, text: ' []' };
  }
  return removeLines(text, lineStart(text, dash), end);
}

/** Replaces a value, or gives an empty one (`where:`) a text. */
export function replaceValue(text: string, { key, value }: NodePair, written: string): Splice {
  if (value !== null && !isEmpty(value)) {
    const from = value.range?.[0] ?? 0;
    const to = contentEnd(value);
    // A block scalar ends behind its line break, which stays.
    const kept = to > from && text[to - 1] === '\n' ? (text[to - 2] === '\r' ? 2 : 1) : 0;
    return { from, to: to - kept, text: written };
  }
  const colon = text.indexOf(':', key.range?.[1] ?? 0) + 1;
  return { from: colon, to: colon, text: ` ${written}` };
}

function addToFlow(collection: YAMLMap | YAMLSeq, after: number | null, written: string): Splice {
  const at = after ?? (collection.range?.[0] ?? 0) + 1;
  return { from: at, to: at, text: after === null ? written : `, ${written}` };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function removeFromFlow(text: string, spans: readonly Span[], position: number): Splice {
  const own = spans[position] ?? { from: 0, to: 0 };
  const before = spans[position - 1];
  const next = spans[position + 1];
  const isBare = (from: number, to: number) => !text.slice(from, to).includes('#');
  if (before !== undefined && isBare(before.to, own.from)) return { from: before.to, to: own.to, text: '' };
  if (next !== undefined && isBare(own.to, next.from)) return { from: own.from, to: next.from, text: '' };
  // Comments on both sides are somebody's words about the neighbours: only the item and one comma go.
  if (next !== undefined) {
    const comma = text.indexOf(',', own.to);
    return { from: own.from, to: comma + 1, text: '' };
  }
  if (before === undefined) return { ...own, text: '' };
  const comma = text.indexOf(',', before.to);
  return { from: comma, to: own.to, text: text.slice(comma + 1, own.from) };
}

/** A line of its own behind the line that `offset` is on. */
function addLine(text: string, offset: number, line: string): Splice {
  const ending = lineEndingOf(text);
  const at = nextLine(text, offset);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return { from: at, to: at, text: isOpen ? ending + line : line + ending };
}

function removeLines(text: string, from: number, end: number): Splice {
  const to = nextLine(text, end);
  const isLast = to === text.length && text[to - 1] !== '\n';
  if (!isLast || from === 0) return { from, to, text: '' };
  // The file ends without a line break, and goes on doing so.
  return { from: text[from - 2] === '\r' ? from - 2 : from - 1, to, text: '' };
}

/** The start of the line behind `offset`; `offset` itself where it begins a line behind a block scalar. */
export function nextLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

/** Where the line of a place begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** How far a place is from the start of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the dash of an item stands: known to the syntax tree only. */
export function dashOf(seq: YAMLSeq, position: number): number {
  const token = seq.srcToken;
  const start = token?.type === 'block-seq' ? (token.items[position]?.start ?? []) : [];
  const dash = start.find(({ type }) => type === 'seq-item-ind');
  return dash?.offset ?? seq.range?.[0] ?? 0;
}
