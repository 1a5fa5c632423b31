import { z } from 'zod';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { FindingDetails } from './finding-list.ts';
import type { PlanPath } from './plan-document.ts';

/** One thing that a schema has against a value, ready to become a finding. */
export interface SchemaProblem {
  readonly path: PlanPath;
  readonly details: FindingDetails;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  tuple: 'a list of two',
};

/** The complaints of a zod schema in the operator's words, unknown keys with the nearest known one. */
export function schemaProblems(schema: z.ZodType, value: unknown, base: PlanPath = []): readonly SchemaProblem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => problemsOf(issue, schema, { value, base }));
}

interface Where {
  readonly value: unknown;
  readonly base: PlanPath;
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, where: Where): readonly SchemaProblem[] {
  const inner = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const path = [...where.base, ...inner];
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schemaAt(schema, inner));
    return issue.keys.map((key) => ({ path: [...path, key], details: unknownKey(key, known) }));
  }
  if (issue.code === 'invalid_union') {
    // The one alternative that has the value's kind, if there is one, knows best what is wrong.
    const fitting = issue.errors.filter(
      (branch) => !branch.some((i) => i.code === 'invalid_type' && i.path.length === 0),
    );
    const [only] = fitting;
    if (only !== undefined && fitting.length === 1) {
      return only.flatMap((deeper) => problemsOf({ ...deeper, path: [...issue.path, ...deeper.path] }, schema, where));
    }
  }
  if (issue.code === 'invalid_key') {
    const reason = issue.issues[0]?.message ?? 'is not a valid name';
    return [{ path, details: { message: `${spoken(path)} ${reason}.`, at: 'key' } }];
  }
  const missing = valueAt(where.value, inner) === undefined;
  if (missing) return [{ path, details: { message: `${spoken(path)} is missing.` } }];
  return [{ path, details: { message: `${spoken(path)} ${complaint(issue)}.` } }];
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${EXPECTED[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid')) {
    return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'too_small' && issue.message.startsWith('Too')) return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.message.startsWith('Too')) return `must be at most ${issue.maximum}`;
  return /^(?:must|is|are|needs|holds)\b/.test(issue.message) ? issue.message : `is not valid: ${issue.message}`;
}

/** Words for a key nobody knows. */
export function unknownKey(key: string, known: readonly string[]): FindingDetails {
  const near = nearest(key.slice(0, 100), known);
  const remedy =
    near !== undefined
      ? `Did you mean ${near}?`
      : known.length > 0
        ? `Known keys here: ${known.join(', ')}.`
        : 'Remove it.';
  return { message: `The key ${JSON.stringify(key.slice(0, 100))} is unknown here.`, remedy, at: 'key' };
}

/** `tables[0].masks.email` for people. */
export function spoken(path: PlanPath): string {
  if (path.length === 0) return 'The plan';
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const shown = step.length > 60 ? `${step.slice(0, 60)}…` : step;
    return text === '' ? shown : `${text}.${shown}`;
  }, '');
}

/** The keys an object schema knows, through the wrappers zod puts around it; none where it is no object. */
export function keysOf(schema: unknown): readonly string[] {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  for (;;) {
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodReadonly)
      inner = inner.unwrap();
    else if (inner instanceof z.ZodPrefault || inner instanceof z.ZodNullable) inner = inner.unwrap();
    else if (inner instanceof z.ZodPipe) inner = inner.in instanceof z.ZodTransform ? inner.out : inner.in;
    else return inner;
  }
}

function schemaAt(schema: z.ZodType, path: PlanPath): unknown {
  let inner: unknown = schema;
  for (const step of path) {
    inner = unwrap(inner);
    if (inner instanceof z.ZodObject) inner = (inner.shape as Record<string, unknown>)[step];
    else if (inner instanceof z.ZodArray) inner = inner.element;
    else if (inner instanceof z.ZodRecord) inner = inner.valueType;
    else return undefined;
  }
  return inner;
}

function valueAt(value: unknown, path: PlanPath): unknown {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return inner;
}
