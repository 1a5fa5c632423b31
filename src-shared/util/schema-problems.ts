import type { z } from 'zod';
import { keysOf, schemaAt, type SchemaPath } from './schema-shape.ts';
import { plainWords } from './schema-words.ts';

/** One thing that a schema has against a value. */
export interface SchemaProblem {
  /** `unknown`: a key nobody knows, last in the path. `missing`: nothing stands there. `key`: the key itself is not right. */
  readonly kind: 'unknown' | 'missing' | 'key' | 'value';
  readonly path: SchemaPath;
  /** What follows the name in a sentence without its full stop: `must be at most 64 (given: 65)`. */
  readonly words: string;
  /** The keys that are known where an unknown one stands. */
  readonly known: readonly string[];
}

const SHOWN_CHARACTERS = 40;

/** The complaints of a schema about a value in the operator's words; unknown keys first, since others may follow from them. */
export function schemaProblems(schema: z.ZodType, value: unknown): readonly SchemaProblem[] {
  const result = schema.safeParse(value, { error: plainWords });
  if (result.success) return [];
  const found = result.error.issues.flatMap((issue) => problemsOf(issue, schema, value));
  return [...found.filter(({ kind }) => kind === 'unknown'), ...found.filter(({ kind }) => kind !== 'unknown')];
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): readonly SchemaProblem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schemaAt(schema, path));
    return issue.keys.map((key) => ({ kind: 'unknown', path: [...path, key], words: 'is unknown', known }));
  }
  if (issue.code === 'invalid_union') {
    // The one alternative that has the value's kind, if there is one, knows best what is wrong.
    const fitting = issue.errors.filter(
      (branch) => !branch.some((i) => i.code === 'invalid_type' && i.path.length === 0),
    );
    const [only] = fitting;
    if (only !== undefined && fitting.length === 1) {
      return only.flatMap((deeper) => problemsOf({ ...deeper, path: [...issue.path, ...deeper.path] }, schema, value));
    }
  }
  if (issue.code === 'invalid_key') {
    return [{ kind: 'key', path, words: issue.issues[0]?.message ?? issue.message, known: [] }];
  }
  const given = valueAt(value, path);
  if (given === undefined) return [{ kind: 'missing', path, words: 'is missing', known: [] }];
  return [{ kind: 'value', path, words: issue.message + shown(given), known: [] }];
}

/** What was given, where it says more than the complaint does. */
function shown(value: unknown): string {
  if (typeof value === 'string') {
    if (value.trim() === '') return '';
    const characters = Array.from(value);
    const short = characters.slice(0, SHOWN_CHARACTERS).join('');
    return ` (given: ${JSON.stringify(short)}${characters.length > SHOWN_CHARACTERS ? '…' : ''})`;
  }
  if (Array.isArray(value)) return ' (given: a list)';
  if (typeof value === 'object' && value !== null) return ' (given: keys and values)';
  if (typeof value === 'number' || typeof value === 'boolean') return ` (given: ${value})`;
  return value === null ? ' (given: nothing)' : '';
}

function valueAt(value: unknown, path: SchemaPath): unknown {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return inner;
}
