import { join } from 'node:path';
import { COMPRESSION_SUFFIX, type CompressionId } from '../../../src-shared/model/compression.ts';

/** Digits of a part's number: 9,999 parts sort by name as well. */
const DIGITS = 4;

/** What the names of a run's files end with: `.csv.zst`. Of a format that is not known, nothing. */
export function fileExtension(
  format: { readonly extension: string } | undefined,
  compress: CompressionId = 'none',
): string {
  return format === undefined ? '' : `${format.extension}${COMPRESSION_SUFFIX[compress]}`;
}

/** Path in the package of a table's file, or of one of its parts, counted from 1. `/` between parts. */
export function filePath(stem: string, extension: string, part: number | null): string {
  return `data/${stem}${part === null ? '' : `.${String(part).padStart(DIGITS, '0')}`}${extension}`;
}

/** The file of a table that is yet to be written, as people are told of it; of parts, nobody knows how many there will be. */
export function fileLabel(stem: string, extension: string, inParts: boolean): string {
  return inParts ? `${filePath(stem, extension, 1)} …` : filePath(stem, extension, null);
}

/** Where a file of the package is while the package is written to this folder. */
export function absolute(folder: string, path: string): string {
  return join(folder, ...path.split('/'));
}
