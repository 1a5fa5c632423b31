import type { Finding } from '../../src-shared/model/finding.ts';
import { formatBytes } from '../../src-shared/util/format-number.ts';
import { FLOOR_BYTES, SPACE_REMEDY } from '../engine/run/space-watch.ts';
import type { Core } from './core.ts';

/**
 * Warns where a package may be too large for the volume it goes to; null: it fits, or one of both is not known. An estimate
 * refuses nothing: the run itself stops where the volume is full.
 */
export async function spaceAhead(
  { store }: Pick<Core, 'store'>,
  { folder, bytes }: { readonly folder: string; readonly bytes: number | null },
): Promise<Finding | null> {
  const free = bytes === null ? null : await store.read.freeBytes(folder);
  if (bytes === null || free === null || free >= bytes + FLOOR_BYTES) return null;
  return {
    severity: 'warning',
    code: 'SPOOL/DISK_FULL',
    message: `The package may not fit: about ${formatBytes(bytes + FLOOR_BYTES)} are needed (estimate), ${formatBytes(free)} are free in ${folder}.`,
    remedy: SPACE_REMEDY,
  };
}
