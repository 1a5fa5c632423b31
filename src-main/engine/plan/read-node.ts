import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { positionAt, type PlanDocument, type PlanPath } from './plan-document.ts';

/** Deeper than any plan needs; bounds recursion over a hostile file. */
const MAX_DEPTH = 24;
const MAX_FINDINGS = 50;

export interface ReadTree {
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/**
 * The plain value of the document: text everywhere, except null, and numbers and booleans where `isTyped` says that the
 * place takes them. Refuses what a plan has no use for and an attacker has: anchors, aliases, tags, keys that are not
 * text or stand twice, depth.
 */
export function readTree(document: PlanDocument, isTyped: (path: PlanPath) => boolean): ReadTree {
  const findings: Finding[] = [];
  const refuse: Refuse = (node, message, remedy) => {
    if (findings.length >= MAX_FINDINGS) return;
    const position = positionAt(document, node?.range?.[0] ?? 0);
    findings.push({ severity: 'error', code: 'PLAN/INVALID', message, remedy, ...position });
  };
  const value = readNode(document.tree.contents, [], { isTyped, refuse });
  return { value, findings };
}

type Refuse = (node: Node | null, message: string, remedy: string) => void;
interface Reading {
  readonly isTyped: (path: PlanPath) => boolean;
  readonly refuse: Refuse;
}

function readNode(node: Node | null, path: PlanPath, reading: Reading): unknown {
  if (node === null) return null;
  if (path.length > MAX_DEPTH) {
    reading.refuse(node, 'The plan is nested too deeply.', 'Write it as docs/spec/plan.md shows.');
    return null;
  }
  if (isAlias(node)) {
    reading.refuse(node, 'A plan uses no YAML aliases.', 'Write the value out.');
    return null;
  }
  const marked = node as { anchor?: string; tag?: string };
  if (marked.anchor !== undefined) reading.refuse(node, 'A plan uses no YAML anchors.', 'Remove the & name.');
  if (marked.tag !== undefined) reading.refuse(node, 'A plan uses no YAML tags.', 'Remove the ! tag; quote text.');
  if (isSeq(node)) return node.items.map((item, index) => readNode(item as Node | null, [...path, index], reading));
  if (isMap(node)) return readMap(node.items as { key: Node; value: Node | null }[], path, reading);
  return isScalar(node) ? readScalar(node, path, reading) : null;
}

function readMap(items: readonly { key: Node; value: Node | null }[], path: PlanPath, reading: Reading): object {
  const seen = new Set<string>();
  const entries: [string, unknown][] = [];
  for (const { key, value } of items) {
    const name = readKey(key, reading);
    if (name === undefined) continue;
    if (seen.has(name)) reading.refuse(key, `The key ${quoted(name)} stands twice.`, 'Keep one of them.');
    else entries.push([name, readNode(value, [...path, name], reading)]);
    seen.add(name);
  }
  return Object.fromEntries(entries);
}

function readKey(key: Node | null, { refuse }: Reading): string | undefined {
  if (!isScalar(key) || typeof key.value !== 'string') {
    refuse(key, 'A key is not text.', 'Write each key as text, followed by a colon.');
    return undefined;
  }
  if (key.anchor !== undefined || key.tag !== undefined) refuse(key, 'A key has an anchor or a tag.', 'Remove it.');
  // Not an ordinary key of a JavaScript object: it would vanish on the way.
  if (key.value === '__proto__') refuse(key, 'The name __proto__ cannot be a key.', 'Rename it in a query.');
  if (!key.value.isWellFormed()) refuse(key, 'A key is not valid Unicode.', 'Write it without lone surrogates.');
  return key.value === '__proto__' ? undefined : key.value;
}

function readScalar(node: Scalar, path: PlanPath, { isTyped, refuse }: Reading): unknown {
  const text = typeof node.value === 'string' ? node.value : '';
  if (!text.isWellFormed()) refuse(node, 'A value is not valid Unicode.', 'Write it without lone surrogates.');
  if (node.type !== 'PLAIN') return text;
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null;
  return isTyped(path) ? typedValue(text) : text;
}

/** YAML 1.2 core schema, decimal numbers only. */
function typedValue(text: string): unknown {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}

function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
