import { nativeTypeOf } from './native-type.ts';
import type { TextRow } from './text-row.ts';

/** The native type of the five columns of a row that describe it, from `at` on; the sixth says that it is of an assembly. */
export function nativeTypeIn(row: TextRow, at: number): string {
  const [name, maxLength, precision, scale, alias, assembly] = row.slice(at, at + 6);
  const isAssembly = assembly === '1';
  return nativeTypeOf({
    name: isAssembly ? (alias ?? '') : (name ?? ''),
    ...{ maxLength: Number(maxLength), precision: Number(precision), scale: Number(scale) },
    alias: isAssembly ? null : (alias ?? null),
  });
}
