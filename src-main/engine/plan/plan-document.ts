import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';

/** A way to a place in the plan: keys and list positions. */
export type PlanPath = readonly (string | number)[];

/** 1-based; the column counts UTF-16 units, as editors do. */
export interface PlanPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * A plan file with its YAML tree. Every scalar of the tree is the text as written (YAML's failsafe schema), so that
 * `2024-01-01` or `007` never turns into something else; `parsePlan` decides where a number is meant.
 */
export interface PlanDocument {
  /** The whole file, byte order mark included. */
  readonly text: string;
  /** The byte order mark, or nothing; positions in `tree` count from behind it. */
  readonly mark: string;
  readonly tree: Document.Parsed;
  readonly lines: LineCounter;
}

const BYTE_ORDER_MARK = '\uFEFF';

export function openPlanDocument(text: string): PlanDocument {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const lines = new LineCounter();
  const tree = parseDocument(text.slice(mark.length), {
    schema: 'failsafe',
    // Keys are compared by `readNode` in linear time; the library's own check is quadratic in the size of the file.
    uniqueKeys: false,
    keepSourceTokens: true,
    lineCounter: lines,
    prettyErrors: true,
    // Not `silent`: that would also silence the error of a second document in the file.
    logLevel: 'error',
  });
  return { text, mark, tree, lines };
}

export function positionAt(document: PlanDocument, offset: number): PlanPosition {
  const { line, col } = document.lines.linePos(offset);
  // An empty file has no lines to count.
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The node at `path`, and the key that leads to it, as far as the path exists. */
export function nodeAt(
  document: PlanDocument,
  path: PlanPath,
): { key: Node | null; value: Node | null; whole: boolean } {
  let key: Node | null = null;
  let value: Node | null = document.tree.contents;
  for (const step of path) {
    let next: { key: Node | null; value: Node | null } | undefined;
    if (isMap(value)) {
      const pair = value.items.find((item) => isScalar(item.key) && item.key.value === String(step));
      // The tree of a parsed document holds nodes only.
      if (pair !== undefined) next = { key: pair.key as Node, value: pair.value as Node | null };
    } else if (isSeq(value)) {
      const item = value.items[Number(step)] as Node | undefined;
      if (item !== undefined) next = { key: null, value: item };
    }
    if (next === undefined) return { key, value, whole: false };
    ({ key, value } = next);
  }
  return { key, value, whole: true };
}

/** Where a finding about `path` points: at its value, at its key (`at: 'key'`), or at the nearest thing that exists. */
export function positionOf(document: PlanDocument, path: PlanPath, at: 'key' | 'value' = 'value'): PlanPosition {
  const { key, value, whole } = nodeAt(document, path);
  const chosen = at === 'key' && whole ? (key ?? value) : (value ?? key);
  const empty = isScalar(chosen) && chosen.source === '' && chosen.type === 'PLAIN';
  const node = empty && key !== null ? key : chosen;
  return positionAt(document, node?.range?.[0] ?? 0);
}

/** The text of the scalar at `path` as written, quotes and escapes resolved; undefined where there is none. */
export function textAt(document: PlanDocument, path: PlanPath): string | undefined {
  const { value, whole } = nodeAt(document, path);
  return whole && isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
}

/** The pair of a key in a map of the tree. */
export function pairOf(map: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  // The tree of a parsed document holds nodes only.
  return pair as Pair<Node, Node | null> | undefined;
}
