import { nativeTypeOf } from './native-type.ts';
import type { TextRow } from './text-row.ts';

/** The native type of the seven columns of a row that describe it, from `at` on. */
export function nativeTypeIn(row: TextRow, at: number): string {
  const [name, owner, length, precision, scale, characters, unit] = row.slice(at, at + 7);
  return nativeTypeOf({
    ...{ name: name ?? '', owner: owner ?? null, unit: unit ?? null },
    ...{ length: numberOf(length), precision: numberOf(precision), scale: numberOf(scale) },
    characters: numberOf(characters),
  });
}

function numberOf(text: string | null | undefined): number | null {
  return typeof text === 'string' ? Number(text) : null;
}
