import { float32Text, floatText } from '../kit/number-text.ts';

/** As the driver hands a sparse vector out. */
interface Sparse {
  readonly numDimensions: number;
  readonly indices: Iterable<number>;
  readonly values: unknown;
}

/**
 * A vector as the server writes it: `[1.5,-2]`, a sparse one `[dimensions,[indices],[values]]`. Each number is the shortest
 * text that reads back to it; the server's own text of a 32-bit float can be another one. null: it is no vector.
 */
export function vectorText(value: unknown): string | null {
  if (isSparse(value)) {
    const values = vectorText(value.values);
    return values === null ? null : `[${value.numDimensions},[${[...value.indices].join(',')}],${values}]`;
  }
  if (value instanceof Float32Array) return `[${Array.from(value, float32Text).join(',')}]`;
  if (value instanceof Float64Array) return `[${Array.from(value, floatText).join(',')}]`;
  // Whole numbers, or bits of a binary vector, eight to a number.
  if (value instanceof Int8Array || value instanceof Uint8Array) return `[${value.join(',')}]`;
  return null;
}

function isSparse(value: unknown): value is Sparse {
  return typeof value === 'object' && value !== null && 'numDimensions' in value && 'indices' in value;
}
