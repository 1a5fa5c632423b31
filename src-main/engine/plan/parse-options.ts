import type { z } from 'zod';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import { keysOf } from '../../../src-shared/util/schema-shape.ts';
import type { FindingList } from './finding-list.ts';
import { textAt, type PlanDocument, type PlanPath } from './plan-document.ts';
import { aboutTable, planProblems, unknownKey } from './schema-findings.ts';

export interface OptionsToParse {
  readonly schema: z.ZodType;
  /** The options as read from the plan, without the keys that are the plan's own. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly path: PlanPath;
  readonly code: ErrorCode;
  readonly field?: string;
}

/**
 * Options of a mask or format through its own schema; undefined, with findings, when they are not valid. Where the schema
 * takes text and the plan has a number, a boolean or null, the source text is taken: `value: 007` is `007`.
 */
export function parseOptions(
  asked: OptionsToParse,
  document: PlanDocument,
  findings: FindingList,
): { readonly options: unknown } | undefined {
  const { schema, path, code, written } = asked;
  const about = { ...aboutTable(document, path), ...(asked.field === undefined ? {} : { field: asked.field }) };
  const known = keysOf(schema);
  const strangers = known.length === 0 ? [] : Object.keys(written).filter((key) => !known.includes(key));
  for (const key of strangers) {
    findings.error(code, [...path, key], { ...unknownKey(document, [...path, key], known), ...about });
  }
  const usual = Object.fromEntries(Object.entries(written).filter(([key]) => !strangers.includes(key)));
  const value = withSourceText(schema, usual, { document, path });
  const parsed = schema.safeParse(value);
  if (parsed.success) return strangers.length === 0 ? { options: parsed.data } : undefined;
  for (const problem of planProblems(schema, value, { document, base: path })) {
    findings.error(code, problem.path, { ...problem.details, ...about });
  }
  return undefined;
}

function withSourceText(
  schema: z.ZodType,
  written: Readonly<Record<string, unknown>>,
  { document, path }: { readonly document: PlanDocument; readonly path: PlanPath },
): Readonly<Record<string, unknown>> {
  const scalars = Object.keys(written).filter((key) => isTypedScalar(written[key]));
  let value = written;
  for (const key of scalars) {
    const text = textAt(document, [...path, key]);
    if (text === undefined) continue;
    const tried = { ...value, [key]: text };
    if (!failsAt(schema, tried, key)) value = tried;
  }
  return value;
}

function isTypedScalar(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

function failsAt(schema: z.ZodType, value: unknown, key: string): boolean {
  const result = schema.safeParse(value);
  return !result.success && result.error.issues.some((issue) => issue.path[0] === key);
}
