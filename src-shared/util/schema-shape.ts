import { z } from 'zod';

/** A way into a value: keys and list positions. */
export type SchemaPath = readonly (string | number)[];

/** The keys an object schema knows, through the wrappers zod puts around it; none where it is no object. */
export function keysOf(schema: unknown): readonly string[] {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** The schema of what stands at `path`, without its wrappers; undefined where the way is not one of plain objects and lists. */
export function schemaAt(schema: unknown, path: SchemaPath): unknown {
  let inner = unwrap(schema);
  for (const step of path) {
    if (inner instanceof z.ZodObject) inner = (inner.shape as Record<string, unknown>)[step];
    else if (inner instanceof z.ZodArray) inner = inner.element;
    else if (inner instanceof z.ZodRecord) inner = inner.valueType;
    else return undefined;
    inner = unwrap(inner);
  }
  return inner;
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
